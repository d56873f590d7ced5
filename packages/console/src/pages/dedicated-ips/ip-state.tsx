import type { DedicatedIpView } from '@mailwright/core'
import { Progress, Stack, Text } from '@mantine/core'
import { StateBadge, type Tone } from '../../components/state-badge.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { ipTexts } from './texts.js'

const tones: Readonly<Record<DedicatedIpView['state'], Tone>> = { warming: 'busy', allocated: 'good', retired: 'bad' }

/** Its state, and how far its day of warming up has been used (DIP-7). */
export function IpState({ ip }: { readonly ip: DedicatedIpView }) {
  const t = useTexts(ipTexts)
  const { number } = useFormat()
  const { state, dayInUse, takenToday, limitToday, allocatedAt } = ip
  const today =
    limitToday === null
      ? t.takenToday(number(takenToday))
      : t.warmDay(number(dayInUse), number(takenToday), number(limitToday))
  return (
    <Stack gap={4} align="flex-start">
      <StateBadge tone={tones[state]}>{t[state]}</StateBadge>
      {state === 'retired' ? <Text size="xs">{t.retiredHint}</Text> : <Text size="xs">{today}</Text>}
      {limitToday !== null && limitToday > 0 && (
        <Progress value={(takenToday / limitToday) * 100} w="100%" size="sm" aria-label={today} />
      )}
      <Text size="xs" c="dimmed">
        {t.since} <When at={allocatedAt} />
      </Text>
    </Stack>
  )
}
