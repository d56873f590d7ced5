import type { DomainView } from '@mailwright/core'
import { ActionButton } from '../../components/action-button.js'
import { useTexts } from '../../language/language.js'
import { domainTexts } from './texts.js'

export function VerifyButton({ domain }: { readonly domain: DomainView }) {
  const t = useTexts(domainTexts)
  return (
    <ActionButton operation="domains.verify" args={[domain.name]} done={({ state }) => t.verifiedNow(t[state])}>
      {t.verify}
    </ActionButton>
  )
}
