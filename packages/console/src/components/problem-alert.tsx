import { Alert, Anchor, Button, Code, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { asProblem, type Problem } from '../api/problem.js'
import { pageUrl } from '../app/route.js'
import { useTexts } from '../language/language.js'
import { useFormat } from '../language/use-format.js'
import { plainDetails } from './plain-details.js'
import { componentTexts } from './texts.js'

interface Props {
  readonly error: unknown
  readonly retry?: () => void
}

/** What was refused, with the fields that do not fit, the details that the API's message speaks of, and the code to ask about. */
export function ProblemAlert({ error, retry }: Props) {
  const t = useTexts(componentTexts)
  const problem = asProblem(error)
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={t.problem} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm" className="break">
          {problem.message}
        </Text>
        {problem.fields.length > 0 && (
          <List size="sm">
            {problem.fields.map(({ field, expected }) => (
              <List.Item key={`${field} ${expected}`} className="break">
                <Code>{field}</Code>: {expected}
              </List.Item>
            ))}
          </List>
        )}
        <Details details={problem.details} />
        <UsedBy tasks={problem.details.tasks} />
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

function Details({ details }: Pick<Problem, 'details'>) {
  const format = useFormat()
  const told = plainDetails(details, format.time)
  if (told.length === 0) return null
  return (
    <List size="sm">
      {told.map(([name, value]) => (
        <List.Item key={name} className="break">
          <Code>{name}</Code>: {value}
        </List.Item>
      ))}
    </List>
  )
}

/** The unfinished tasks that stand in the way of a deletion (SND-4). */
function UsedBy({ tasks }: { readonly tasks: unknown }) {
  const t = useTexts(componentTexts)
  const ids = Array.isArray(tasks) ? tasks.filter((id) => typeof id === 'string') : []
  return ids.map((id) => (
    <Anchor key={id} href={pageUrl('tasks', id)} size="sm" underline="always" c="inherit">
      {t.usedBy(id.slice(-6))}
    </Anchor>
  ))
}
