import type { SendAnswer } from '@mailwright/core'
import { Anchor, Table, Text } from '@mantine/core'
import { pageUrl } from '../../app/route.js'
import { StateBadge } from '../../components/state-badge.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { answerTexts } from './answer-texts.js'

type Message = SendAnswer['messages'][number]

const BLOCKS = /^(CUSTOM_BLOCKED|INVALID_ADDRESS_BLOCKED|RECIPIENT_REJECTED)$/

/** What became of each recipient when the send was answered (REG-2). */
export function RecipientTable({ messages }: { readonly messages: readonly Message[] }) {
  const t = useTexts(answerTexts)
  return (
    <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} role="group" aria-label={t.title}>
      <Table aria-label={t.title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.recipient}</Table.Th>
            <Table.Th>{t.state}</Table.Th>
            <Table.Th>{t.reason}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {messages.map((message) => (
            <Table.Tr key={message.to}>
              <Table.Td className="break">{message.to}</Table.Td>
              <Table.Td>
                <StateBadge tone={message.state === 'accepted' ? 'good' : 'bad'}>{t[message.state]}</StateBadge>
              </Table.Td>
              <Table.Td>
                <Next message={message} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** The timeline of what is on its way; the reason of what is not. */
function Next({ message: { id, to, refusal } }: { readonly message: Message }) {
  const t = useTexts(answerTexts)
  if (id !== null)
    return (
      <Anchor href={pageUrl('messages', id)} size="sm" aria-label={t.timelineOf(to)}>
        {t.timeline}
      </Anchor>
    )
  if (refusal === undefined) return null
  const { code, until } = refusal
  return (
    <>
      <Text size="sm">{reasonOf(t, code)}</Text>
      <Text size="xs" c="dimmed">
        {until === null || until === undefined ? (
          t.noEnd
        ) : (
          <>
            {t.until} <When at={until} />
          </>
        )}
      </Text>
      {BLOCKS.test(code) && (
        <Anchor href={`${pageUrl('blocklist')}?address=${encodeURIComponent(to)}`} size="xs">
          {t.blocklist}
        </Anchor>
      )}
    </>
  )
}

function reasonOf(t: typeof answerTexts.en, code: string): string {
  switch (code) {
    case 'CUSTOM_BLOCKED':
    case 'INVALID_ADDRESS_BLOCKED':
    case 'RECIPIENT_REJECTED':
    case 'FREQUENCY_LIMIT':
    case 'DOMAIN_BLOCKED_TODAY':
    case 'DAILY_LIMIT':
      return t[code]
    default:
      return code
  }
}
