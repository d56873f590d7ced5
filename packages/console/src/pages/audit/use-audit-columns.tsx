import type { AuditView } from '@mailwright/core'
import { Anchor, Text } from '@mantine/core'
import { pageUrl } from '../../app/route.js'
import type { Column } from '../../components/data-table.js'
import { StateBadge } from '../../components/state-badge.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { targetPage } from './target-page.js'
import { auditTexts } from './texts.js'

export function useAuditColumns(): readonly Column<AuditView>[] {
  const t = useTexts(auditTexts)
  return [
    { key: 'at', header: t.at, width: 'minmax(8rem, 1fr)', cell: ({ at }) => <When at={at} /> },
    {
      key: 'actor',
      header: t.actor,
      cell: ({ actor, role }) => (
        <>
          <Text size="sm" className="break">
            {actor ?? t.nobody}
          </Text>
          <Text size="xs" c="dimmed">
            {t[role]}
          </Text>
        </>
      ),
    },
    { key: 'verb', header: t.verb, width: 'minmax(10rem, 1fr)', cell: ({ verb }) => verb },
    { key: 'target', header: t.target, width: 'minmax(10rem, 2fr)', cell: (record) => <Target record={record} /> },
    { key: 'outcome', header: t.outcome, cell: ({ outcome }) => <Outcome outcome={outcome} /> },
    {
      key: 'request',
      header: t.request,
      cell: ({ requestId }) => <span className="value">{requestId ?? '–'}</span>,
    },
  ]
}

function Target({ record: { verb, target } }: { readonly record: AuditView }) {
  return Object.entries(target).map(([name, value]) => {
    const page = targetPage(verb, name, value)
    return (
      <div key={name} className="break">
        {page === null ? (
          value
        ) : (
          <Anchor href={pageUrl(...page)} size="sm">
            {value}
          </Anchor>
        )}
      </div>
    )
  })
}

function Outcome({ outcome }: Pick<AuditView, 'outcome'>) {
  const t = useTexts(auditTexts)
  if (outcome === null)
    return (
      <span title={t.unknownHint}>
        <StateBadge tone="waiting">{t.unknown}</StateBadge>
      </span>
    )
  return <StateBadge tone={outcome === 'done' ? 'good' : 'bad'}>{outcome === 'done' ? t.done : outcome}</StateBadge>
}
