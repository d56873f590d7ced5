import { StateBadge } from '../../components/state-badge.js'
import { useTexts } from '../../language/language.js'
import { statisticsTexts } from './texts.js'

export function OnOff({ on }: { readonly on: boolean }) {
  const t = useTexts(statisticsTexts)
  return <StateBadge tone={on ? 'good' : 'over'}>{on ? t.on : t.off}</StateBadge>
}
