import { useCall } from '../../api/use-call.js'
import { useTexts } from '../../language/language.js'
import { applyTexts } from './apply-texts.js'

const MOST = 1_000

/** Domains whose mail may leave from an IP; one that DNS no longer shows is refused. */
export function useDomainChoices(): readonly { readonly value: string; readonly label: string }[] {
  const t = useTexts(applyTexts)
  const { data } = useCall('domains.list', [{ limit: MOST }])
  return (data?.items ?? [])
    .filter(({ state }) => state !== 'lost')
    .map(({ name, unicode, state }) => ({ value: name, label: state === 'pending' ? t.pending(unicode) : unicode }))
}
