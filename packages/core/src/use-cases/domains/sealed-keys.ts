import type { Instant } from '../../ports/clock.js'
import type { Context } from '../context.js'
import { type DkimKind, generateDkimKeys } from '../dkim-keys.js'
import type { StoredDkimKey } from '../stored.js'

/** What binds a sealed key to its place: taken elsewhere it does not open (DOM-8). */
export const dkimSealContext = (account: string, domain: string, selector: string): string =>
  `${account} ${domain} ${selector}`

interface Wanted {
  readonly account: string
  readonly domain: string
  readonly kind: DkimKind
  readonly state: 'publishing' | 'active'
  readonly now: Instant
  /** Selectors that are, or have been, in use. */
  readonly used: readonly string[]
}

/** New keys, sealed for their place. */
export async function sealedKeys(ctx: Context, wanted: Wanted): Promise<readonly StoredDkimKey[]> {
  const { account, domain, kind, state, now, used } = wanted
  // Selectors come from the instant: two rotations of one instant would share theirs.
  let named = now
  while (used.some((selector) => selector.startsWith(`mw${named.toString(36)}`))) named += 1
  const made = await generateDkimKeys(kind, named)
  return made.map(({ privateKeyPem, ...key }) => ({
    ...key,
    state,
    since: now,
    retiresAt: null,
    sealed: ctx.secrets.seal(privateKeyPem, dkimSealContext(account, domain, key.selector)),
  }))
}
