import { Radio, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTexts } from '../../../language/language.js'
import type { DraftForm } from './draft-form.js'
import { timeZones } from './local-time.js'
import { RecurrenceFields } from './recurrence-fields.js'
import type { TaskDraft } from './task-draft.js'
import { newTaskTexts } from './texts.js'

const TYPES = ['immediate', 'scheduled', 'recurring'] as const satisfies readonly TaskDraft['type'][]
const hints = { immediate: 'immediateHint', scheduled: 'scheduledHint', recurring: 'recurringHint' } as const

export function StepWhen({ form }: DraftForm) {
  const t = useTexts(newTaskTexts)
  const { type } = form.values
  return (
    <Stack>
      <Radio.Group label={t.type} {...form.getInputProps('type')}>
        <Stack gap="xs" mt="xs">
          {TYPES.map((value) => (
            <Radio key={value} value={value} label={t[value]} description={t[hints[value]]} />
          ))}
        </Stack>
      </Radio.Group>
      {type === 'scheduled' && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput type="datetime-local" label={t.at} required {...form.getInputProps('at')} />
          <ZoneField form={form} />
        </SimpleGrid>
      )}
      {type === 'recurring' && (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              type="datetime-local"
              label={t.startAt}
              description={t.startAtHint}
              required
              {...form.getInputProps('startAt')}
            />
            <ZoneField form={form} />
          </SimpleGrid>
          <RecurrenceFields form={form} />
        </>
      )}
    </Stack>
  )
}

const SHOWN = 60

function ZoneField({ form }: DraftForm) {
  const t = useTexts(newTaskTexts)
  const zones = useMemo(() => [...timeZones()], [])
  return (
    <Select
      label={t.timeZone}
      description={t.timeZoneHint}
      data={zones}
      searchable
      limit={SHOWN}
      allowDeselect={false}
      required
      {...form.getInputProps('timeZone')}
    />
  )
}
