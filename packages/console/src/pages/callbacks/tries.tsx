import type { AttemptView } from '@mailwright/core'
import { Text } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { attemptTexts } from './attempt-texts.js'

/** Which attempt it was and how long it took; of a parked event, how many were made. */
export function Tries({ attempt, tookMs }: Pick<AttemptView, 'attempt' | 'tookMs'>) {
  const t = useTexts(attemptTexts)
  const format = useFormat()
  return (
    <Text size="xs" c="dimmed">
      {tookMs === null
        ? t.tries(format.number(attempt))
        : t.attempt(format.number(attempt), format.number(Math.round(tookMs)))}
    </Text>
  )
}
