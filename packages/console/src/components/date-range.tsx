import { Button, Group, TextInput } from '@mantine/core'
import { useTexts } from '../language/language.js'
import { type DayRange, lastDays } from './range.js'
import { componentTexts } from './texts.js'

interface Props {
  readonly value: DayRange
  readonly onChange: (range: DayRange) => void
}

const PRESETS = [1, 7, 30] as const

/** A range of days, by hand or the last so many. */
export function DateRange({ value, onChange }: Props) {
  const t = useTexts(componentTexts)
  return (
    <Group align="flex-end" gap="xs">
      <TextInput
        type="date"
        label={t.from}
        value={value.from}
        max={value.to}
        onChange={({ currentTarget }) => onChange({ ...value, from: currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t.to}
        value={value.to}
        min={value.from}
        onChange={({ currentTarget }) => onChange({ ...value, to: currentTarget.value })}
      />
      <Button.Group>
        {PRESETS.map((days) => (
          <Button key={days} variant="default" onClick={() => onChange(lastDays(days))}>
            {t.lastDays(days)}
          </Button>
        ))}
      </Button.Group>
    </Group>
  )
}
