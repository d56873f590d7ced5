import { Alert, Button, Code, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { asProblem } from '../api/problem.js'
import { useTexts } from '../language/language.js'
import { componentTexts } from './texts.js'

interface Props {
  readonly error: unknown
  readonly retry?: () => void
}

/** What was refused, with the fields that do not fit and the code to ask about. */
export function ProblemAlert({ error, retry }: Props) {
  const t = useTexts(componentTexts)
  const problem = asProblem(error)
  const cause = [problem.details.cause, problem.details.reason].find((text) => typeof text === 'string')
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={t.problem} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm" className="break">
          {problem.message}
        </Text>
        {cause !== undefined && (
          <Text size="sm" className="break">
            {t.cause}: <Code>{cause}</Code>
          </Text>
        )}
        {problem.fields.length > 0 && (
          <List size="sm">
            {problem.fields.map(({ field, expected }) => (
              <List.Item key={`${field} ${expected}`} className="break">
                <Code>{field}</Code>: {expected}
              </List.Item>
            ))}
          </List>
        )}
        <Text size="xs" c="dimmed">
          {t.code} {problem.code}
        </Text>
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {t.retry}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}
