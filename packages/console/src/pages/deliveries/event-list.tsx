import type { DeliveryEvent, EventsInput } from '@mailwright/core'
import { Anchor, Group } from '@mantine/core'
import type { ItemOf, ListOperation } from '../../api/signatures.js'
import { pageUrl, useFilters } from '../../app/route.js'
import type { Column } from '../../components/data-table.js'
import { DateRange } from '../../components/date-range.js'
import { EmptyState } from '../../components/empty-state.js'
import { DomainFilter, RecipientDomainFilter } from '../../components/filters.js'
import { ListTable } from '../../components/list-table.js'
import { instantsOf } from '../../components/range.js'
import { TextFilter } from '../../components/text-filter.js'
import { useNames } from '../../components/use-names.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { ExcelHint } from './export-csv.js'
import { TaskLink, TemplateLink } from './mail-links.js'
import { deliveryTexts } from './texts.js'

/** The filters that all lists of events share, and the question they make. */
export function useEventFilters() {
  const [filters, change] = useFilters('domain', 'recipientDomain', 'recipient', 'from', 'to')
  const { domain, recipientDomain, recipient, from, to } = filters
  const input: EventsInput = {
    ...instantsOf({ from, to }),
    ...(domain === '' ? {} : { domains: [domain] }),
    ...(recipientDomain === '' ? {} : { recipientDomains: [recipientDomain] }),
    ...(recipient === '' ? {} : { recipient }),
  }
  return { filters, change, input }
}

export function EventFilters({ filters, change }: Pick<ReturnType<typeof useEventFilters>, 'filters' | 'change'>) {
  const t = useTexts(deliveryTexts)
  return (
    <>
      <Group align="flex-end">
        <DomainFilter value={filters.domain} onChange={(domain) => change({ domain })} />
        <RecipientDomainFilter
          value={filters.recipientDomain}
          onChange={(recipientDomain) => change({ recipientDomain })}
        />
        <TextFilter label={t.recipient} value={filters.recipient} onChange={(recipient) => change({ recipient })} />
      </Group>
      <DateRange value={filters} onChange={change} />
    </>
  )
}

type EventOperation = Extract<
  ListOperation,
  'deliveries.opens' | 'deliveries.clicks' | 'deliveries.complaints' | 'deliveries.bounces' | 'deliveries.unsubscribes'
>

interface Props<O extends EventOperation> {
  readonly operation: O
  readonly input: EventsInput
  readonly label: string
  /** What these events say beside when, to whom and of which domain. */
  readonly columns: readonly Column<ItemOf<O> & DeliveryEvent>[]
}

/** Events of one kind, newest first, each with the way to its mail. */
export function EventList<O extends EventOperation>({ operation, input, label, columns }: Props<O>) {
  const t = useTexts(deliveryTexts)
  const names = useNames()
  const common: readonly Column<DeliveryEvent>[] = [
    { key: 'at', header: t.at, width: 'minmax(9rem, 1fr)', cell: ({ at }) => <When at={at} /> },
    {
      key: 'recipient',
      header: t.recipient,
      width: 'minmax(14rem, 2fr)',
      cell: ({ message, recipient }) => (
        <Anchor href={pageUrl('messages', message)} size="sm" fw={600}>
          {recipient}
        </Anchor>
      ),
    },
    { key: 'domain', header: t.domain, cell: ({ domain }) => domain },
  ]
  const ofMail: readonly Column<DeliveryEvent>[] = [
    { key: 'sent', header: t.sentAt, cell: ({ sentAt }) => <When at={sentAt} /> },
    {
      key: 'template',
      header: t.template,
      cell: ({ template }) => <TemplateLink id={template} name={names.template} />,
    },
    { key: 'task', header: t.task, cell: ({ task }) => <TaskLink id={task} name={names.task} /> },
  ]
  return (
    <>
      <ListTable
        operation={operation}
        input={input as never}
        label={label}
        columns={[...common, ...columns, ...ofMail] as readonly Column<ItemOf<O>>[]}
        rowKey={(row) => Object.values(row as DeliveryEvent).join(' ')}
        empty={<EmptyState title={t.noEvents} next={t.noEventsNext} />}
      />
      <ExcelHint />
    </>
  )
}
