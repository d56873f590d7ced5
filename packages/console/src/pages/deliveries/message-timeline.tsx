import type { TimelineEntry } from '@mailwright/core'
import { Anchor, Code, Stack, Text, Timeline } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import { pageUrl } from '../../app/route.js'
import { CopyValue } from '../../components/copy-value.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { deliveryTexts } from './texts.js'

const REFRESH_MS = 5_000

/** The whole life of one mail, with the raw replies (DLV-2). */
export function MessageTimeline({ id }: { readonly id: string }) {
  const t = useTexts(deliveryTexts)
  const { data, error, refetch } = useCall('deliveries.timeline', [id], { everyMs: REFRESH_MS })
  return (
    <Page title={t.timelineTitle} intro={<Anchor href={pageUrl('messages')}>{t.back}</Anchor>}>
      <Stack className="panel">
        <Text size="sm" c="dimmed">
          {t.message}
        </Text>
        <CopyValue value={id} />
      </Stack>
      {error !== null && <ProblemAlert error={error} retry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Loading />
      ) : (
        <Timeline className="panel" active={data.length} bulletSize={18} lineWidth={2}>
          {data.map((entry) => (
            <Timeline.Item
              key={`${entry.at} ${entry.kind} ${JSON.stringify(entry.detail)}`}
              title={<Title entry={entry} />}
            >
              <Text size="sm" c="dimmed">
                <When at={entry.at} />
              </Text>
              <Details detail={entry.detail} />
            </Timeline.Item>
          ))}
        </Timeline>
      )}
    </Page>
  )
}

function Title({ entry: { kind } }: { readonly entry: TimelineEntry }) {
  const t: Readonly<Record<string, unknown>> = useTexts(deliveryTexts)
  const known = t[`event_${kind}`]
  return <>{typeof known === 'string' ? known : kind}</>
}

/** The reply stands alone and word for word; the rest as names and values. */
function Details({ detail }: Pick<TimelineEntry, 'detail'>) {
  const t = useTexts(deliveryTexts)
  const { reply, ...rest } = detail
  const facts = Object.entries(rest)
  return (
    <Stack gap={4} mt={4}>
      {reply !== undefined && (
        <Code block aria-label={t.reply} className="break">
          {typeof reply === 'string' ? reply : JSON.stringify(reply, null, 2)}
        </Code>
      )}
      {facts.map(([name, value]) => (
        <Text key={name} size="sm" className="break">
          {name}: {typeof value === 'string' ? value : JSON.stringify(value)}
        </Text>
      ))}
    </Stack>
  )
}
