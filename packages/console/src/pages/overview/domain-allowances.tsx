import type { DomainView } from '@mailwright/core'
import { Anchor, Group, Progress, Stack, Text, Title } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import { pageUrl } from '../../app/route.js'
import { Loading } from '../../components/loading.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { overviewTexts } from './texts.js'

type Allowance = NonNullable<DomainView['allowance']>

const SHOWN = 20

export function DomainAllowances() {
  const t = useTexts(overviewTexts)
  const { data, error } = useCall('domains.list', [{ state: 'verified', limit: SHOWN }], { everyMs: 30_000 })
  return (
    <Stack className="panel" gap="sm">
      <Title order={2} size="h4">
        {t.today}
      </Title>
      <Text size="sm" c="dimmed">
        {t.todayIntro}
      </Text>
      {error !== null && <ProblemAlert error={error} />}
      {data === undefined && error === null && <Loading />}
      {data?.items.length === 0 && <Text size="sm">{t.noAllowance}</Text>}
      {data?.items.map(
        ({ id, name, unicode, allowance }) =>
          allowance && <AllowanceBar key={id} name={name} shown={unicode} allowance={allowance} />,
      )}
      <Anchor href={pageUrl('domains')} size="sm">
        {t.allDomains}
      </Anchor>
    </Stack>
  )
}

interface BarProps {
  readonly name: string
  readonly shown: string
  readonly allowance: Allowance
}

function AllowanceBar({ name, shown, allowance: { usedToday, dailyLimit, level, blockedToday } }: BarProps) {
  const t = useTexts(overviewTexts)
  const { number } = useFormat()
  const share = dailyLimit === 0 ? 1 : Math.min(1, usedToday / dailyLimit)
  const used = t.ofLimit(number(usedToday), number(dailyLimit))
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Anchor href={pageUrl('domains', name)} size="sm" fw={600} className="break">
          {shown}
        </Anchor>
        <Text size="sm">
          {used} · {t.level(number(level))}
          {blockedToday && ` · ${t.blocked}`}
        </Text>
      </Group>
      <Progress
        value={share * 100}
        color={blockedToday || share >= 1 ? 'red.8' : share >= 0.8 ? 'yellow.7' : 'indigo.7'}
        aria-label={`${shown}: ${used}`}
      />
    </Stack>
  )
}
