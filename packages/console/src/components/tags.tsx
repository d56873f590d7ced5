import { Badge, Group, Text, Textarea } from '@mantine/core'
import type { Operation } from '../api/operations.js'
import type { ArgumentsOf } from '../api/signatures.js'
import { useTexts } from '../language/language.js'
import { FormDialog } from './form-dialog.js'
import { parseTags, tagLines } from './tag-lines.js'
import { componentTexts } from './texts.js'

type TagMap = Readonly<Record<string, string>>

export function TagList({ tags }: { readonly tags: TagMap }) {
  const t = useTexts(componentTexts)
  const pairs = Object.entries(tags)
  if (pairs.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t.noTags}
      </Text>
    )
  return (
    <Group gap={4}>
      {pairs.map(([key, value]) => (
        <Badge key={key} variant="default">
          {key}={value}
        </Badge>
      ))}
    </Group>
  )
}

type TagOperation = Extract<Operation, `${string}.setTags`>

/** Replaces all tags of a thing. */
export function TagsButton<O extends TagOperation>({
  operation,
  of,
  tags,
}: {
  readonly operation: O
  readonly of: string
  readonly tags: TagMap
}) {
  const t = useTexts(componentTexts)
  return (
    <FormDialog
      operation={operation}
      initialValues={{ tags: tagLines(tags) }}
      argumentsOf={(values) => [of, parseTags(values.tags)] as unknown as ArgumentsOf<O>}
      label={t.editTags}
      title={`${t.tags}: ${of}`}
      done={t.done}
    >
      {(form) => (
        <Textarea label={t.tags} description={t.tagsHint} autosize minRows={3} {...form.getInputProps('tags')} />
      )}
    </FormDialog>
  )
}
