import type { GroupView } from '@mailwright/core'
import { StateBadge, type Tone } from '../../components/state-badge.js'
import { useTexts } from '../../language/language.js'
import { groupTexts } from './texts.js'

const tones: Readonly<Record<GroupView['state'], Tone>> = { empty: 'waiting', importing: 'busy', ready: 'good' }

export function GroupState({ state }: Pick<GroupView, 'state'>) {
  return <StateBadge tone={tones[state]}>{useTexts(groupTexts)[state]}</StateBadge>
}
