import { Badge, Group, Text } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { groupTexts } from './texts.js'

/** The names of variables, or that there are none. */
export function VariableList({ names }: { readonly names: readonly string[] }) {
  const t = useTexts(groupTexts)
  if (names.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t.noVariables}
      </Text>
    )
  return (
    <Group gap={4}>
      {names.map((name) => (
        <Badge key={name} variant="default" className="break">
          {name}
        </Badge>
      ))}
    </Group>
  )
}
