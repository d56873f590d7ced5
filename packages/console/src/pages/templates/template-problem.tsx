import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { asProblem } from '../../api/problem.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { editorTexts } from './editor-texts.js'
import { type Refusal, refusalOf } from './refusal.js'
import { syntaxTexts, unsafeTexts } from './refusal-texts.js'

interface Props {
  readonly error: unknown
  /** Puts the cursor there. */
  readonly onShow?: (refusal: Refusal) => void
}

/** What the API refuses in a template: where it stands and what to do about it. */
export function TemplateProblem({ error, onShow }: Props) {
  const t = useTexts(editorTexts)
  const format = useFormat()
  const problem = asProblem(error)
  const refusal = refusalOf(problem)
  const reason = useReason(refusal?.why)
  if (refusal === null) return <ProblemAlert error={error} />
  const line = format.number(refusal.line)
  const column = format.number(refusal.column)
  const where = { subject: t.inSubject(column), html: t.inHtml(line, column), text: t.inText(line, column) }
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={t.problem} role="status">
      <Stack gap={4} align="flex-start">
        <Text size="sm" fw={600}>
          {where[refusal.field]}
        </Text>
        <Text size="sm" className="break">
          {reason}
        </Text>
        <Text size="xs" c="dimmed">
          {t.code} {problem.code}
        </Text>
        {onShow && (
          <Button variant="default" size="xs" mt="xs" onClick={() => onShow(refusal)}>
            {t.show(line)}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}

/** Everything else that Handlebars knows is refused for one reason. */
function useReason(why: Refusal['why'] | undefined): string {
  const unsafe = useTexts(unsafeTexts)
  const { logic, ...syntax } = useTexts(syntaxTexts)
  if (why === undefined) return ''
  if (why.type === 'syntax') return textAt(syntax, why.reason) ?? logic
  const { place, ...places } = unsafe
  return textAt(places, why.place) ?? place(why.place)
}

const textAt = (texts: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(texts, name) ? texts[name] : undefined
