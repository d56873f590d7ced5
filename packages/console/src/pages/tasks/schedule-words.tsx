import type { Schedule } from '@mailwright/core'
import { Code, Stack, Text } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { useSpanFormat } from './span-format.js'
import { taskTexts } from './texts.js'
import { useZoneFormat } from './zone-format.js'

/** When it runs, in the zone that it was made for. */
export function ScheduleWords({ schedule }: { readonly schedule: Schedule }) {
  const t = useTexts(taskTexts)
  const span = useSpanFormat()
  const zoned = useZoneFormat(schedule.type === 'immediate' ? 'UTC' : schedule.timeZone)
  if (schedule.type === 'immediate') return t.immediate
  if (schedule.type === 'scheduled') return `${t.scheduled}: ${zoned(schedule.at)} (${schedule.timeZone})`
  return (
    <Stack gap={2} align="flex-start">
      {'every' in schedule ? (
        <span>{t.every(span(schedule.every))}</span>
      ) : (
        <Code className="break">{schedule.rrule}</Code>
      )}
      <span>
        {t.from} {zoned(schedule.startAt)} ({schedule.timeZone})
      </span>
      {schedule.until !== undefined && (
        <span>
          {t.noneAfter} {zoned(schedule.until)}
        </span>
      )}
      <Text component="span" size="xs" c="dimmed">
        {t[schedule.missed]}
      </Text>
      {!schedule.cycle && <strong>{t.stopped}</strong>}
    </Stack>
  )
}
