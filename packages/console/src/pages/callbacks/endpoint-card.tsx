import type { CallbackView, CallbackWithSecret } from '@mailwright/core'
import { Alert, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { CopyValue } from '../../components/copy-value.js'
import { StateBadge } from '../../components/state-badge.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { EndpointActions } from './endpoint-actions.js'
import { callbackTexts } from './texts.js'

interface Props {
  readonly callback: CallbackView
  readonly onSaved: (saved: CallbackWithSecret) => void
}

/** One endpoint: whose events it is told, how it stands, and what can be done with it. */
export function EndpointCard({ callback, onSaved }: Props) {
  const t = useTexts(callbackTexts)
  const format = useFormat()
  const { sender, url, state, goneAt, verifiedAt, secrets, compat, changedAt } = callback
  return (
    <Stack className="panel" gap="sm" role="group" aria-label={sender ?? t.account}>
      <Group justify="space-between" align="flex-start">
        <Stack gap={2}>
          <Title order={3} size="h5" className="break">
            {sender ?? t.allSenders}
          </Title>
          <CopyValue value={url} />
        </Stack>
        <StateBadge tone={state === 'active' ? 'good' : 'bad'}>{t[state]}</StateBadge>
      </Group>
      {goneAt !== null && <Alert color="red">{t.goneText(format.minute(goneAt))}</Alert>}
      <Group gap="xl" align="flex-start">
        <Fact label={t.verifiedAt}>{verifiedAt === null ? t.verifiedNever : <When at={verifiedAt} />}</Fact>
        <Fact label={t.since}>
          <When at={changedAt} />
        </Fact>
        <Fact label={t.secrets}>{format.number(secrets)}</Fact>
        <Fact label={t.compat}>{compat === 'tencent' ? t.compatTencent : t.compatNone}</Fact>
      </Group>
      <EndpointActions callback={callback} onSaved={onSaved} />
    </Stack>
  )
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Stack gap={0}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm">{children}</Text>
    </Stack>
  )
}
