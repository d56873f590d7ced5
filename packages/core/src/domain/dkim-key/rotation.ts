import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'

/**
 * DOM-8. `publishing`: waits for its record in DNS, signs nothing; `active`: signs; `retiring`: signs nothing more, its record must stay for mail that is still
 * under way; `retired`: its record may go.
 */
export type DkimKeyState = 'publishing' | 'active' | 'retiring' | 'retired'

/** A type, so that it is storable as JSON. */
export type KeyStanding = {
  readonly selector: string
  readonly state: DkimKeyState
  /** When it came into this state. */
  readonly since: Instant
  /** Of a retiring key: when it is retired. */
  readonly retiresAt: Instant | null
}

const having = <K extends KeyStanding>(keys: readonly K[], state: DkimKeyState): readonly K[] =>
  keys.filter((key) => key.state === state)

/** The keys that a mail composed now is signed with: one, or both of a dual set. Never empty for a domain that has keys. */
export const signingKeys = <K extends KeyStanding>(keys: readonly K[]): readonly K[] => having(keys, 'active')

/** Keys whose records belong into DNS. */
export const publishedKeys = <K extends KeyStanding>(keys: readonly K[]): readonly K[] =>
  keys.filter(({ state }) => state !== 'retired')

/** When the keys change by themselves next; null: not before somebody rotates, or before DNS shows the new ones. */
export function nextKeyChangeAt(keys: readonly KeyStanding[]): Instant | null {
  const ends = keys.flatMap(({ state, retiresAt }) => (state === 'retiring' && retiresAt !== null ? [retiresAt] : []))
  return ends.length > 0 ? Math.min(...ends) : null
}

export const waitsForDns = (keys: readonly KeyStanding[]): boolean => having(keys, 'publishing').length > 0

/**
 * Begins a rotation: the new keys wait for DNS, the old ones go on signing. What an earlier rotation has retired is forgotten.
 * @throws STATE_INVALID while another rotation is not over, with what ends it
 */
export function beginRotation<K extends KeyStanding>(keys: readonly K[], fresh: readonly K[]): readonly K[] {
  if (waitsForDns(keys)) throw new MailError('STATE_INVALID', { state: 'publishing', possible: ['verify', 'cancel'] })
  const until = nextKeyChangeAt(keys)
  if (until !== null) throw new MailError('STATE_INVALID', { state: 'retiring', possible: [], until })
  return [...publishedKeys(keys), ...fresh]
}

/** Takes back a rotation whose keys have not signed yet. @throws STATE_INVALID if there is none */
export function cancelRotation<K extends KeyStanding>(keys: readonly K[]): readonly K[] {
  if (!waitsForDns(keys)) throw new MailError('STATE_INVALID', { state: 'active', possible: ['rotate'] })
  return keys.filter(({ state }) => state !== 'publishing')
}

/**
 * The keys after a look at DNS: once the records of all new keys pass, they sign and the old ones retire after the overlap. A record that does not pass
 * changes nothing: the old ones go on.
 */
export function keysAfterLook<K extends KeyStanding>(
  keys: readonly K[],
  passed: ReadonlySet<string>,
  { now, overlapMs }: { readonly now: Instant; readonly overlapMs: number },
): readonly K[] {
  const fresh = having(keys, 'publishing')
  const switches = fresh.length > 0 && fresh.every(({ selector }) => passed.has(selector))
  return keys.map((key): K => {
    if (key.state === 'retiring' && key.retiresAt !== null && key.retiresAt <= now)
      return { ...key, state: 'retired', since: now, retiresAt: null }
    if (!switches) return key
    if (key.state === 'publishing') return { ...key, state: 'active', since: now }
    return key.state === 'active' ? { ...key, state: 'retiring', since: now, retiresAt: now + overlapMs } : key
  })
}
