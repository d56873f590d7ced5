import type { ApiKeyView, NewApiKey } from '@mailwright/core'
import { Anchor, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { pageUrl } from '../../app/route.js'
import { ActionButton } from '../../components/action-button.js'
import { CopyValue } from '../../components/copy-value.js'
import type { Column } from '../../components/data-table.js'
import { EmptyState } from '../../components/empty-state.js'
import { ListTable } from '../../components/list-table.js'
import { Page } from '../../components/page.js'
import { StateBadge } from '../../components/state-badge.js'
import { TagList } from '../../components/tags.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { CreateApiKey } from './create-api-key.js'
import { NewKey } from './new-key.js'
import { apiKeyTexts } from './texts.js'

export function ApiKeysPage() {
  const t = useTexts(apiKeyTexts)
  const [made, setMade] = useState<NewApiKey | null>(null)
  const columns: readonly Column<ApiKeyView>[] = [
    {
      key: 'name',
      header: t.name,
      width: 'minmax(13rem, 2fr)',
      cell: ({ name, id }) => (
        <>
          <Text size="sm" fw={600}>
            {name}
          </Text>
          <CopyValue value={id} label={t.id} />
        </>
      ),
    },
    {
      key: 'role',
      header: t.role,
      cell: ({ role, tags }) => (
        <>
          <Text size="sm">{t[role]}</Text>
          {Object.keys(tags).length === 0 ? <Text size="xs">{t.whole}</Text> : <TagList tags={tags} />}
        </>
      ),
    },
    { key: 'added', header: t.added, cell: ({ createdAt }) => <When at={createdAt} /> },
    { key: 'used', header: t.used, cell: ({ lastUsedAt }) => <UtcDay at={lastUsedAt} /> },
    { key: 'expires', header: t.expires, cell: ({ expiresAt }) => <Expiry at={expiresAt} /> },
    {
      key: 'actions',
      header: '',
      width: '6rem',
      align: 'end',
      cell: ({ id, name }) => (
        <ActionButton
          operation="apiKeys.revoke"
          args={[id]}
          color="red"
          confirm={{ title: t.revokeTitle(name), text: t.revokeText }}
          done={t.revoked(name)}
        >
          {t.revoke}
        </ActionButton>
      ),
    },
  ]
  return (
    <Page title={t.title} intro={t.intro} actions={<CreateApiKey onMade={setMade} />}>
      <NewKey made={made} onClose={() => setMade(null)} />
      <ListTable
        operation="apiKeys.list"
        input={{}}
        label={t.title}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t.emptyTitle} next={t.emptyNext} action={<CreateApiKey onMade={setMade} />} />}
      />
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {t.usedHint}
        </Text>
        <Anchor href={pageUrl('audit')} size="sm">
          {t.toAudit}
        </Anchor>
      </Group>
    </Page>
  )
}

/** A day that is kept in UTC is shown as it is kept: in another zone it would be the day before. */
function UtcDay({ at }: { readonly at: number | null }) {
  const t = useTexts(apiKeyTexts)
  return at === null ? t.notUsed : new Date(at).toISOString().slice(0, 10)
}

function Expiry({ at }: { readonly at: number | null }) {
  const t = useTexts(apiKeyTexts)
  if (at === null) return t.never
  return (
    <>
      {at <= Date.now() && <StateBadge tone="over">{t.expired}</StateBadge>} <When at={at} />
    </>
  )
}
