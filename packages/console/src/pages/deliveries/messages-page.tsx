import type { MessageView } from '@mailwright/core'
import { Anchor, Group, Text } from '@mantine/core'
import { pageUrl, useFilters, useRoute } from '../../app/route.js'
import type { Column } from '../../components/data-table.js'
import { DateRange } from '../../components/date-range.js'
import { EmptyState } from '../../components/empty-state.js'
import { ListTable } from '../../components/list-table.js'
import { Page } from '../../components/page.js'
import { instantsOf } from '../../components/range.js'
import { TextFilter } from '../../components/text-filter.js'
import { useNames } from '../../components/use-names.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { ExcelHint, ExportCsv } from './export-csv.js'
import { TaskLink, TemplateLink } from './mail-links.js'
import { Marks, MessageState } from './message-state.js'
import { MessageTimeline } from './message-timeline.js'
import { deliveryTexts } from './texts.js'

/** `#/messages` searches, `#/messages/ID` shows the whole life of one. */
export function MessagesPage() {
  const [, id] = useRoute().path
  return id === undefined ? <MessageList /> : <MessageTimeline key={id} id={id} />
}

function MessageList() {
  const t = useTexts(deliveryTexts)
  const names = useNames()
  const [{ recipient, task, from, to }, filter] = useFilters('recipient', 'task', 'from', 'to')
  const input = {
    ...instantsOf({ from, to }),
    ...(recipient === '' ? {} : { recipient }),
    ...(task === '' ? {} : { task }),
  }
  const columns: readonly Column<MessageView>[] = [
    {
      key: 'recipient',
      header: t.recipient,
      width: 'minmax(15rem, 2fr)',
      cell: ({ id, recipient: to }) => (
        <Anchor href={pageUrl('messages', id)} size="sm" fw={600}>
          {to}
        </Anchor>
      ),
    },
    { key: 'state', header: t.state, width: '8rem', cell: ({ state }) => <MessageState state={state} /> },
    { key: 'accepted', header: t.acceptedAt, cell: ({ acceptedAt }) => <When at={acceptedAt} /> },
    { key: 'last', header: t.lastAt, cell: ({ lastAt }) => <When at={lastAt} /> },
    { key: 'attempts', header: t.attempts, width: '5rem', align: 'end', cell: ({ attempts }) => attempts },
    {
      key: 'reply',
      header: t.lastReply,
      width: 'minmax(12rem, 2fr)',
      cell: ({ lastReply }) => (
        <Text component="span" className="value" lineClamp={2} title={lastReply}>
          {lastReply}
        </Text>
      ),
    },
    { key: 'marks', header: t.marks, cell: (message) => <Marks message={message} /> },
    {
      key: 'template',
      header: t.template,
      cell: ({ template }) => <TemplateLink id={template} name={names.template} />,
    },
    { key: 'task', header: t.task, cell: ({ task: of }) => <TaskLink id={of} name={names.task} /> },
  ]
  return (
    <Page title={t.messagesTitle} intro={t.messagesIntro} actions={<ExportCsv list="messages" input={input} />}>
      <Group align="flex-end">
        <TextFilter label={t.recipient} value={recipient} onChange={(value) => filter({ recipient: value })} />
        <DateRange value={{ from, to }} onChange={filter} />
      </Group>
      {task !== '' && (
        <Text size="sm">
          {t.onlyTask(names.task(task))}{' '}
          <Anchor component="button" type="button" onClick={() => filter({ task: '' })}>
            {t.all}
          </Anchor>
        </Text>
      )}
      <ListTable
        operation="deliveries.messages"
        input={input}
        label={t.messagesTitle}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t.noMessages} next={t.noMessagesNext} />}
      />
      <ExcelHint />
    </Page>
  )
}
