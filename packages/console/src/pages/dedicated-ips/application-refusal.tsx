import { Alert, Button, Stack, Text } from '@mantine/core'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { applyTexts } from './apply-texts.js'
import { shortageOf } from './shortage-of.js'

interface Props {
  readonly error: unknown
  readonly onCount: (count: number) => void
}

/** If too few are free, how many are. */
export function ApplicationRefusal({ error, onCount }: Props) {
  const t = useTexts(applyTexts)
  const { number } = useFormat()
  if (error === null) return null
  const shortage = shortageOf(error)
  if (shortage === null) return <ProblemAlert error={error} />
  const { free, wanted } = shortage
  return (
    <Alert color="red" role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t.exhausted(number(free), number(wanted))}</Text>
        {free > 0 && (
          <Button size="xs" variant="default" onClick={() => onCount(free)}>
            {t.takeFree(number(free))}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}
