import { Button, Group, TextInput } from '@mantine/core'
import { useTexts } from '../language/language.js'
import { type DayRange, lastDays } from './range.js'
import { componentTexts } from './texts.js'

interface Props {
  /** Of which days, where there is more than one range on the page. */
  readonly label?: string
  readonly value: DayRange
  readonly onChange: (range: DayRange) => void
}

const PRESETS = [1, 7, 30] as const

/** A range of days, by hand or the last so many. */
export function DateRange({ label, value, onChange }: Props) {
  const t = useTexts(componentTexts)
  return (
    <Group align="flex-end" gap="xs">
      <TextInput
        type="date"
        label={label === undefined ? t.from : `${label}: ${t.from}`}
        value={value.from}
        max={value.to}
        onChange={({ currentTarget }) => onChange({ ...value, from: currentTarget.value })}
      />
      <TextInput
        type="date"
        label={label === undefined ? t.to : `${label}: ${t.to}`}
        value={value.to}
        min={value.from}
        onChange={({ currentTarget }) => onChange({ ...value, to: currentTarget.value })}
      />
      <Button.Group aria-label={label}>
        {PRESETS.map((days) => {
          const preset = lastDays(days)
          const chosen = preset.from === value.from && preset.to === value.to
          return (
            <Button
              key={days}
              variant={chosen ? 'light' : 'default'}
              aria-pressed={chosen}
              onClick={() => onChange(preset)}
            >
              {t.lastDays(days)}
            </Button>
          )
        })}
      </Button.Group>
    </Group>
  )
}
