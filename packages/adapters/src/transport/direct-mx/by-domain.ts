import { domainToASCII } from 'node:url'
import type { RecipientOutcome } from '@mailwright/core'

/** The recipients of one mail that share a domain, and where they stood in the envelope. */
export interface DomainShare {
  /** Lower-case A-label. */
  readonly domain: string
  readonly to: readonly string[]
  readonly places: readonly number[]
}

const domainOf = (address: string): string => {
  const domain = address.slice(address.lastIndexOf('@') + 1).replace(/\.$/, '')
  return domainToASCII(domain) || domain.toLowerCase()
}

export const byDomain = (to: readonly string[]): readonly DomainShare[] => {
  const shares = new Map<string, { domain: string; to: string[]; places: number[] }>()
  for (const [place, address] of to.entries()) {
    const domain = domainOf(address)
    const share = shares.get(domain) ?? { domain, to: [], places: [] }
    share.to.push(address)
    share.places.push(place)
    shares.set(domain, share)
  }
  return [...shares.values()]
}

/** The outcomes of all shares in the order of the envelope. */
export const inOrder = (
  shares: readonly DomainShare[],
  outcomes: readonly (readonly RecipientOutcome[])[],
): readonly RecipientOutcome[] => {
  const placed: RecipientOutcome[] = []
  for (const [at, { places }] of shares.entries())
    for (const [index, place] of places.entries())
      placed[place] = outcomes[at]?.[index] ?? { type: 'unknown', cause: 'no outcome' }
  return placed
}
