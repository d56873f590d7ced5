import { Code, Group, Stack, Text } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { editorTexts } from './editor-texts.js'
import { marksOf } from './source-marks.js'

interface Props {
  readonly variables: readonly string[]
  readonly body: string
}

export function FoundVariables({ variables, body }: Props) {
  const e = useTexts(editorTexts)
  const service = marksOf(body).some(({ kind }) => kind === 'service')
  return (
    <Stack gap={4}>
      <Group gap="xs" role="group" aria-label={e.found}>
        <Text size="sm" fw={500}>
          {e.found}
        </Text>
        {variables.map((name) => (
          <Code key={name}>{name}</Code>
        ))}
        {variables.length === 0 && (
          <Text size="sm" c="dimmed">
            {e.foundNone}
          </Text>
        )}
      </Group>
      {variables.length > 1 && (
        <Text size="xs" c="dimmed">
          {e.oneVariable}
        </Text>
      )}
      {service && (
        <Text size="xs" c="dimmed">
          {e.serviceFound}
        </Text>
      )}
    </Stack>
  )
}
