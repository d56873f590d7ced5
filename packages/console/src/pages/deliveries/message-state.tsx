import type { MessageView } from '@mailwright/core'
import { Badge, Group } from '@mantine/core'
import { StateBadge, type Tone } from '../../components/state-badge.js'
import { useTexts } from '../../language/language.js'
import { deliveryTexts } from './texts.js'

const tones: Readonly<Record<MessageView['state'], Tone>> = {
  accepted: 'busy',
  deferred: 'waiting',
  unknown: 'waiting',
  delivered: 'good',
  bounced: 'bad',
  dropped: 'over',
  failed: 'bad',
  cancelled: 'over',
  expired: 'bad',
}

export function MessageState({ state }: Pick<MessageView, 'state'>) {
  return <StateBadge tone={tones[state]}>{useTexts(deliveryTexts)[state]}</StateBadge>
}

const MARKS = ['opened', 'clicked', 'unsubscribed', 'complained'] as const

/** What the recipient did. */
export function Marks({ message }: { readonly message: Pick<MessageView, (typeof MARKS)[number]> }) {
  const t = useTexts(deliveryTexts)
  const seen = MARKS.filter((mark) => message[mark])
  if (seen.length === 0) return '–'
  return (
    <Group gap={4}>
      {seen.map((mark) => (
        <Badge key={mark} variant="default">
          {t[mark]}
        </Badge>
      ))}
    </Group>
  )
}
