import { Text } from '@mantine/core'

export function Values({ values }: { readonly values: Readonly<Record<string, string>> }) {
  return Object.entries(values).map(([name, value]) => (
    <Text key={name} size="sm" className="break">
      {name} = {value}
    </Text>
  ))
}
