import type { Finding } from '@mailwright/core'
import { Code, Group, Stack, Text, Title } from '@mantine/core'
import { StateBadge } from '../../components/state-badge.js'
import { useTexts } from '../../language/language.js'
import { doctorTexts } from './texts.js'

/** One thing to mend. What it says is the API's own text. */
export function FindingCard({ finding }: { readonly finding: Finding }) {
  const t = useTexts(doctorTexts)
  const { level, code, message, fix, details } = finding
  return (
    <Stack className="panel" gap="xs" component="article">
      <Group gap="sm">
        <StateBadge tone={level === 'error' ? 'bad' : 'waiting'}>{t[level]}</StateBadge>
        <Title order={2} size="h5" className="value">
          {code}
        </Title>
      </Group>
      <Text className="break">{message}</Text>
      <Text className="break">
        <Text span fw={600}>
          {t.todo}:
        </Text>{' '}
        {fix}
      </Text>
      {details !== undefined && (
        <Code block className="break" aria-label={t.details}>
          {JSON.stringify(details, null, 2)}
        </Code>
      )}
    </Stack>
  )
}
