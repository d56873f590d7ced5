import { Alert, Anchor, List, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { Problem } from '../../../api/problem.js'
import { useCall } from '../../../api/use-call.js'
import { pageUrl } from '../../../app/route.js'
import { ProblemAlert } from '../../../components/problem-alert.js'
import { useTexts } from '../../../language/language.js'
import { useFormat } from '../../../language/use-format.js'
import type { mailOf } from './task-draft.js'
import { newTaskTexts } from './texts.js'

interface Check {
  readonly pending: boolean
  readonly fits: boolean
  readonly recipients: number
  readonly problem: Problem | null
}

/** Asks for a plan of what is chosen so far: it fails where the variables differ (TSK-2). */
export function useVariablesCheck(mail: ReturnType<typeof mailOf>, chosen: boolean): Check {
  const { data, error, isFetching, isPlaceholderData } = useCall('tasks.plan', [mail], { enabled: chosen })
  const fresh = chosen && !isPlaceholderData && error === null
  return {
    pending: chosen && isFetching && (data === undefined || isPlaceholderData),
    fits: fresh && data !== undefined,
    recipients: data?.recipients ?? 0,
    problem: chosen && !isFetching ? error : null,
  }
}

interface Props {
  readonly check: Check
  readonly group: string
  readonly chosen: boolean
}

export function VariablesCheck({ check, group, chosen }: Props) {
  const t = useTexts(newTaskTexts)
  const format = useFormat()
  const { problem } = check
  return (
    <div role="status">
      {!chosen && (
        <Text size="sm" c="dimmed">
          {t.chooseFirst}
        </Text>
      )}
      {check.fits && (
        <Alert color="green" icon={<IconCheck />}>
          {t.fits(format.number(check.recipients))}
        </Alert>
      )}
      {problem?.code === 'VARIABLES_MISMATCH' && (
        <Alert color="red" icon={<IconAlertTriangle />} title={t.mismatch}>
          <List size="sm">
            <Names title={t.missing} of={problem.details.missing} />
            <Names title={t.unknown} of={problem.details.unknown} />
          </List>
          <Text size="sm" mt="xs">
            {t.mismatchNext} <Anchor href={pageUrl('groups', group)}>{t.toGroup(group)}</Anchor>
          </Text>
        </Alert>
      )}
      {problem !== null && problem.code !== 'VARIABLES_MISMATCH' && <ProblemAlert error={problem} />}
    </div>
  )
}

function Names({ title, of }: { readonly title: string; readonly of: unknown }) {
  if (!Array.isArray(of) || of.length === 0) return null
  return (
    <List.Item className="break">
      {title} <strong>{of.map(String).join(', ')}</strong>
    </List.Item>
  )
}
