import { Group, Stack, Text, Title } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import { ActionButton } from '../../components/action-button.js'
import { Loading } from '../../components/loading.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { StateBadge } from '../../components/state-badge.js'
import { useTexts } from '../../language/language.js'
import { ImportSuppressions } from './import-suppressions.js'
import { importTexts } from './import-texts.js'

export function SettingsTab() {
  const t = useTexts(importTexts)
  return (
    <Stack>
      <FullMailboxes />
      <Stack className="panel" gap="sm" align="flex-start">
        <Title order={2} size="h4">
          {t.suppressions}
        </Title>
        <Text size="sm" maw="60rem">
          {t.suppressionsIntro}
        </Text>
        <ImportSuppressions />
      </Stack>
    </Stack>
  )
}

function FullMailboxes() {
  const t = useTexts(importTexts)
  const { data, error, refetch } = useCall('blocklist.settings.get', [])
  if (error !== null) return <ProblemAlert error={error} retry={() => void refetch()} />
  if (data === undefined) return <Loading />
  const on = data.fullMailboxes
  return (
    <Stack className="panel" gap="sm" align="flex-start">
      <Group gap="sm">
        <Title order={2} size="h4">
          {t.auto}
        </Title>
        <StateBadge tone={on ? 'good' : 'over'}>{on ? t.on : t.off}</StateBadge>
      </Group>
      <Text size="sm" maw="60rem">
        {t.autoIntro}
      </Text>
      <ActionButton
        operation="blocklist.settings.set"
        args={[{ fullMailboxes: !on }]}
        size="sm"
        confirm={{ title: on ? t.offTitle : t.onTitle, text: on ? t.offText : t.onText }}
        done={on ? t.switchedOff : t.switchedOn}
      >
        {on ? t.switchOff : t.switchOn}
      </ActionButton>
    </Stack>
  )
}
