import type { DomainView } from '@mailwright/core'
import { StateBadge, type Tone } from '../../components/state-badge.js'
import { useTexts } from '../../language/language.js'
import { domainTexts } from './texts.js'

const tones: Readonly<Record<DomainView['state'], Tone>> = { pending: 'waiting', verified: 'good', lost: 'bad' }

export function DomainState({ state }: Pick<DomainView, 'state'>) {
  return <StateBadge tone={tones[state]}>{useTexts(domainTexts)[state]}</StateBadge>
}
