import { Fieldset, SimpleGrid, Text, TextInput } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { previewTexts } from './preview-texts.js'

interface Props {
  readonly variables: readonly string[]
  readonly values: Readonly<Record<string, string>>
  readonly onChange: (values: Readonly<Record<string, string>>) => void
}

/** A field for each variable. An empty one is left to the API, which makes a value up. */
export function SampleValues({ variables, values, onChange }: Props) {
  const t = useTexts(previewTexts)
  if (variables.length === 0) return null
  return (
    <Fieldset legend={t.values} variant="filled" p="sm">
      <Text size="xs" c="dimmed" mb="xs">
        {t.valuesHint}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {variables.map((name) => (
          <TextInput
            key={name}
            size="xs"
            label={name}
            placeholder={`[${name}]`}
            value={values[name] ?? ''}
            onChange={({ currentTarget }) => onChange({ ...values, [name]: currentTarget.value })}
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  )
}

/** What the API is told: only variables that are there, and only what somebody has typed. */
export const givenValues = (
  variables: readonly string[],
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    variables.flatMap((name) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined
      return value === undefined || value === '' ? [] : [[name, value]]
    }),
  )
