import type { CallbackWithSecret } from '@mailwright/core'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useCall, useList } from '../../api/use-call.js'
import { EmptyState } from '../../components/empty-state.js'
import { Loading } from '../../components/loading.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { EndpointCard } from './endpoint-card.js'
import { ReceiverNotes } from './receiver-notes.js'
import { ResolvePanel } from './resolve-panel.js'
import { SecretDialog } from './secret-dialog.js'
import { SetAccount, SetSender } from './set-endpoint.js'
import { callbackTexts } from './texts.js'

/** Who is told, and what can be done with each. A new secret is shown above whatever is read again meanwhile. */
export function EndpointsTab() {
  const t = useTexts(callbackTexts)
  const [made, setMade] = useState<CallbackWithSecret | null>(null)
  return (
    <Stack gap="lg">
      <Text>{t.precedence}</Text>
      <AccountLevel onSaved={setMade} />
      <SenderLevel onSaved={setMade} />
      <ResolvePanel />
      <ReceiverNotes />
      <SecretDialog made={made} onClose={() => setMade(null)} />
    </Stack>
  )
}

interface Level {
  readonly onSaved: (saved: CallbackWithSecret) => void
}

function AccountLevel({ onSaved }: Level) {
  const t = useTexts(callbackTexts)
  // Whoever a sender without its own would tell is the account's.
  const { data, error, refetch } = useCall('callbacks.resolve', [{}])
  if (error !== null) return <ProblemAlert error={error} retry={() => void refetch()} />
  if (data === undefined) return <Loading />
  if (data === null)
    return (
      <EmptyState title={t.accountEmpty} next={t.accountEmptyNext} action={<SetAccount primary onSaved={onSaved} />} />
    )
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t.account}
      </Title>
      <EndpointCard callback={data} onSaved={onSaved} />
    </Stack>
  )
}

function SenderLevel({ onSaved }: Level) {
  const t = useTexts(callbackTexts)
  const list = useList('callbacks.list', { limit: 50 })
  const own = list.data?.pages.flatMap(({ items }) => items.filter(({ level }) => level === 'sender'))
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t.senders}
        </Title>
        <SetSender onSaved={onSaved} />
      </Group>
      {list.error !== null && <ProblemAlert error={list.error} retry={() => void list.refetch()} />}
      {own === undefined && list.error === null && <Loading />}
      {own?.length === 0 && !list.hasNextPage && (
        <Text size="sm" c="dimmed">
          {t.sendersEmpty}
        </Text>
      )}
      {own?.map((callback) => (
        <EndpointCard key={callback.id} callback={callback} onSaved={onSaved} />
      ))}
      {list.hasNextPage && (
        <Group>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t.more}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
