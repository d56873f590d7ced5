import type { TimelineEntry } from '@mailwright/core'
import { Anchor, Code, Stack, Text, Timeline } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import { pageUrl } from '../../app/route.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { eventWords, inWords, told } from './event-words.js'
import { MessageFacts } from './message-facts.js'
import { deliveryTexts } from './texts.js'
import { useMessage } from './use-message.js'

const REFRESH_MS = 5_000

/** The whole life of one mail, with the raw replies (DLV-2). */
export function MessageTimeline({ id }: { readonly id: string }) {
  const t = useTexts(deliveryTexts)
  const { data, error, refetch } = useCall('deliveries.timeline', [id], { everyMs: REFRESH_MS })
  const { data: message } = useMessage(id, data)
  return (
    <Page title={t.timelineTitle} intro={<Anchor href={pageUrl('messages')}>{t.back}</Anchor>}>
      {error !== null && <ProblemAlert error={error} retry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Loading />
      ) : (
        <>
          <MessageFacts id={id} message={message ?? null} />
          <Timeline className="panel" active={data.length} bulletSize={18} lineWidth={2}>
            {data.map((entry) => (
              <Timeline.Item
                key={`${entry.at} ${entry.kind} ${JSON.stringify(entry.detail)}`}
                title={<Kind kind={entry.kind} />}
              >
                <Text size="sm" c="dimmed">
                  <When at={entry.at} />
                </Text>
                <Details entry={entry} />
              </Timeline.Item>
            ))}
          </Timeline>
        </>
      )}
    </Page>
  )
}

const Kind = ({ kind }: Pick<TimelineEntry, 'kind'>) => inWords(useTexts(eventWords.kinds), kind)

function Details({ entry }: { readonly entry: TimelineEntry }) {
  const t = useTexts(deliveryTexts)
  const reasons = useTexts(eventWords.reasons)
  const machines = useTexts(eventWords.machines)
  const ways = useTexts(eventWords.ways)
  const names: Readonly<Record<string, string>> = {
    attempt: t.attempt,
    reason: t.reason,
    why: t.why,
    via: t.via,
    userAgent: t.userAgent,
    link: t.link,
    source: t.source,
  }
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    reason: reasons,
    why: machines,
    via: ways,
  }
  const { reply, facts } = told(entry)
  return (
    <Stack gap={4} mt={4}>
      {reply !== null && (
        <div>
          <Text size="xs" c="dimmed">
            {t.reply}
          </Text>
          <Code block className="break">
            {reply}
          </Code>
        </div>
      )}
      {facts.map(([name, value]) => (
        <Text key={name} size="sm" className="break">
          {inWords(names, name)}: {inWords(words[name] ?? {}, value)}
        </Text>
      ))}
    </Stack>
  )
}
