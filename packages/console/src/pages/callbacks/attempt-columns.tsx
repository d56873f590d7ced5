import type { AttemptView } from '@mailwright/core'
import { Anchor, Code, Stack, Text } from '@mantine/core'
import { pageUrl } from '../../app/route.js'
import { CopyValue } from '../../components/copy-value.js'
import type { Column } from '../../components/data-table.js'
import { StateBadge, type Tone } from '../../components/state-badge.js'
import { When } from '../../components/when.js'
import type { attemptTexts } from './attempt-texts.js'
import { Tries } from './tries.js'

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
    header: t.ids,
    width: '9rem',
    cell: ({ message, webhookId }) => (
      <Stack gap={0}>
        <Anchor href={pageUrl('messages', message)} size="sm" title={message}>
          {shortened(message)}
        </Anchor>
        <CopyValue value={webhookId} shown={shortened(webhookId)} label={t.copyWebhookId} />
      </Stack>
    ),
  },
  {
    key: 'why',
    header: t.why,
    width: 'minmax(8rem, 2fr)',
    cell: ({ why, attempt, tookMs }) => (
      <Stack gap={0}>
        <span>{why ?? t.answered}</span>
        <Tries attempt={attempt} tookMs={tookMs} />
      </Stack>
    ),
  },
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
]
