import { Stack, Text } from '@mantine/core'
import { useFilters } from '../../app/route.js'
import { EmptyState } from '../../components/empty-state.js'
import { ListTable } from '../../components/list-table.js'
import { Page } from '../../components/page.js'
import { useTexts } from '../../language/language.js'
import { AuditFilters } from './audit-filters.js'
import { dayRange } from './day-range.js'
import { auditTexts } from './texts.js'
import { useAuditColumns } from './use-audit-columns.js'
import { useAuditVerbs } from './use-audit-verbs.js'

export function AuditPage() {
  const t = useTexts(auditTexts)
  const columns = useAuditColumns()
  const verbs = useAuditVerbs()
  const [filters, filter] = useFilters('from', 'to', 'actor', 'verb')
  const verb = verbs.find((one) => one === filters.verb)
  const filtered = Object.values(filters).some((value) => value !== '')
  return (
    <Page title={t.title} intro={t.intro}>
      <AuditFilters filters={filters} verbs={verbs} onChange={filter} />
      <ListTable
        operation="audit.list"
        input={{
          ...dayRange(filters.from, filters.to),
          ...(filters.actor === '' ? {} : { actor: filters.actor }),
          ...(verb === undefined ? {} : { verb }),
        }}
        label={t.title}
        columns={columns}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            title={filtered ? t.emptyFilter : t.emptyTitle}
            next={filtered ? t.emptyFilterNext : t.emptyNext}
          />
        }
      />
      <Stack gap={4}>
        <Text size="sm" c="dimmed">
          {t.unknownHint}
        </Text>
        <Text size="sm" c="dimmed">
          {t.refusedHint}
        </Text>
      </Stack>
    </Page>
  )
}
