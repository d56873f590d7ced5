import type { AttemptView } from '@mailwright/core'
import { Anchor, Code, Text } from '@mantine/core'
import { pageUrl } from '../../app/route.js'
import { CopyValue } from '../../components/copy-value.js'
import type { Column } from '../../components/data-table.js'
import { StateBadge, type Tone } from '../../components/state-badge.js'
import { When } from '../../components/when.js'
import type { attemptTexts } from './attempt-texts.js'
import { Took } from './took.js'

const tones: Readonly<Record<AttemptView['state'], Tone>> = { told: 'good', failed: 'bad', parked: 'waiting' }
const SHORT = 8

const shortened = (id: string): string => (id.length > SHORT ? `…${id.slice(-SHORT)}` : id)

/** `endpoints` are those that are set, by id. */
export const attemptColumns = (
  t: typeof attemptTexts.en,
  endpoints: ReadonlyMap<string, string>,
): readonly Column<AttemptView>[] => [
  { key: 'at', header: t.at, width: '7rem', cell: ({ at }) => <When at={at} /> },
  {
    key: 'state',
    header: t.state,
    width: '5.5rem',
    cell: ({ state }) => <StateBadge tone={tones[state]}>{t[state]}</StateBadge>,
  },
  { key: 'event', header: t.event, width: '7rem', cell: ({ event }) => <Code>{event}</Code> },
  {
    key: 'message',
    header: t.message,
    width: '7rem',
    cell: ({ message }) => (
      <Anchor href={pageUrl('messages', message)} size="sm" title={message} aria-label={message}>
        {shortened(message)}
      </Anchor>
    ),
  },
  {
    key: 'why',
    header: t.why,
    width: 'minmax(8rem, 2fr)',
    cell: ({ why }) => why ?? t.answered,
  },
  { key: 'attempt', header: t.attempt, width: '5rem', align: 'end', cell: ({ attempt }) => attempt },
  { key: 'took', header: t.took, width: '5rem', align: 'end', cell: ({ tookMs }) => <Took milliseconds={tookMs} /> },
  {
    key: 'endpoint',
    header: t.endpoint,
    width: 'minmax(8rem, 2fr)',
    cell: ({ callback }) => (
      <Text size="xs" lineClamp={2} title={endpoints.get(callback) ?? callback}>
        {endpoints.get(callback) ?? t.gone}
      </Text>
    ),
  },
  {
    key: 'id',
    header: t.webhookId,
    width: '8rem',
    cell: ({ webhookId }) => <CopyValue value={webhookId} shown={shortened(webhookId)} label={t.copyWebhookId} />,
  },
]
