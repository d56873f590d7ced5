import type { TaskView } from '@mailwright/core'
import { SimpleGrid, Stack, Text } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { taskTexts } from './texts.js'

const FIGURES = [
  ['requests', 'requestsHint'],
  ['sent', 'sentHint'],
  ['cached', 'cachedHint'],
  ['delivered', 'deliveredHint'],
  ['deferred', 'deferredHint'],
  ['bounced', 'bouncedHint'],
  ['blocked', 'blockedHint'],
  ['failed', 'failedHint'],
  ['expired', 'expiredHint'],
  ['cancelledRows', 'cancelledHint'],
] as const satisfies readonly (readonly [keyof typeof taskTexts.en, keyof typeof taskTexts.en])[]

/** The counts of the newest run, each with what it means. */
export function TaskFigures({ task }: { readonly task: TaskView }) {
  const t = useTexts(taskTexts)
  const format = useFormat()
  const counts = { ...task, cancelledRows: task.cancelled }
  return (
    <SimpleGrid component="dl" cols={{ base: 2, md: 5 }} m={0}>
      {FIGURES.map(([name, hint]) => (
        <Stack key={name} gap={0}>
          <Text component="dt" size="sm" c="dimmed">
            {t[name]}
          </Text>
          <Text component="dd" m={0} fw={650} fz="xl" style={{ fontVariantNumeric: 'tabular-nums' }}>
            {format.number(counts[name])}
          </Text>
          <Text component="dd" m={0} size="xs" c="dimmed">
            {t[hint]}
          </Text>
        </Stack>
      ))}
    </SimpleGrid>
  )
}
