import { Anchor, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import { pageUrl } from '../../app/route.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { overviewTexts } from './texts.js'
import { totalOf } from './total-of.js'

const FIGURES = [
  ['sent', 'messages'],
  ['delivered', 'messages'],
  ['deferred', 'queue'],
  ['bounced', 'bounces'],
  ['rejected', 'messages'],
] as const

export function LastHour() {
  const t = useTexts(overviewTexts)
  const { data, error } = useCall('deliveries.queueStatus', [{ minutes: 60 }], { everyMs: 15_000 })
  if (error?.code === 'FORBIDDEN') return null
  const total = data && totalOf(data.series)
  return (
    <Stack className="panel" gap="sm">
      <Title order={2} size="h4">
        {t.hour}
      </Title>
      {error !== null && <ProblemAlert error={error} />}
      <SimpleGrid cols={{ base: 2, xs: 3, md: 6 }}>
        {FIGURES.map(([name, page]) => (
          <Figure key={name} title={t[name]} value={total?.[name]} page={page} />
        ))}
        <Figure title={t.queued} value={data?.queued.total} page="queue" />
      </SimpleGrid>
      <Anchor href={pageUrl('queue')} size="sm">
        {t.toQueue}
      </Anchor>
    </Stack>
  )
}

interface FigureProps {
  readonly title: string
  readonly value: number | undefined
  readonly page: string
}

function Figure({ title, value, page }: FigureProps) {
  const { number } = useFormat()
  return (
    <Anchor href={pageUrl(page)} c="inherit" underline="hover">
      <Text span display="block" size="sm" c="dimmed">
        {title}
      </Text>
      <Text span display="block" fw={700} size="xl">
        {value === undefined ? '…' : number(value)}
      </Text>
    </Anchor>
  )
}
