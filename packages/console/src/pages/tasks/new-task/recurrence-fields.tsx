import { Group, NumberInput, Radio, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useTexts } from '../../../language/language.js'
import type { DraftForm } from './draft-form.js'
import type { Missed, Unit } from './task-draft.js'
import { newTaskTexts } from './texts.js'

const UNITS = ['hours', 'days', 'weeks', 'months'] as const satisfies readonly Unit[]
const MISSED = ['latest', 'all', 'skip'] as const satisfies readonly Missed[]

/** How often (TSK-5). */
export function RecurrenceFields({ form }: DraftForm) {
  const t = useTexts(newTaskTexts)
  return (
    <Stack>
      <Radio.Group label={t.recurs} {...form.getInputProps('recurs')}>
        <Group mt="xs">
          <Radio value="every" label={t.byUnits} />
          <Radio value="rule" label={t.byRule} />
        </Group>
      </Radio.Group>
      {form.values.recurs === 'every' ? (
        <Group align="flex-start">
          <NumberInput
            label={t.n}
            min={1}
            max={10_000}
            allowDecimal={false}
            required
            w={140}
            {...form.getInputProps('every.n')}
            error={form.errors.every}
          />
          <Select
            label={t.unit}
            data={UNITS.map((value) => ({ value, label: t[value] }))}
            allowDeselect={false}
            w={160}
            {...form.getInputProps('every.unit')}
          />
        </Group>
      ) : (
        <TextInput
          label={t.rrule}
          description={t.rruleHint}
          placeholder="FREQ=WEEKLY;BYDAY=MO,TH"
          required
          {...form.getInputProps('rrule')}
        />
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput type="datetime-local" label={t.until} description={t.untilHint} {...form.getInputProps('until')} />
        <Select
          label={t.missed}
          description={t.missedHint}
          data={MISSED.map((value) => ({ value, label: t[value] }))}
          allowDeselect={false}
          {...form.getInputProps('missed')}
        />
      </SimpleGrid>
    </Stack>
  )
}
