import type { Instant } from '../../ports/clock.js'
import type { Context } from '../context.js'
import type { StoredSecret } from './callback-records.js'
import type { Endpoint } from './endpoints.js'

/** Older ones are dropped: a signature for each is in every header. */
const SECRETS_MAX = 3

type Owner = Pick<Endpoint, 'account' | 'id'>

const belongsTo = ({ account, id }: Owner): string => `callback ${account} ${id}`

export const sealSecret = ({ secrets }: Context, owner: Owner, secret: string): string =>
  secrets.seal(secret, belongsTo(owner))

export const openSecret = ({ secrets }: Context, owner: Owner, sealed: string): string =>
  secrets.open(sealed, belongsTo(owner))

/** When a former secret ends that is replaced now. */
export const overlapEnd = ({ policy }: Context, now: Instant, hours = policy.callbackSecretOverlapHours): Instant =>
  now + hours * 3_600_000

/** A new secret in front; the former one signs until `until`, and what is over goes. */
export function rotated(
  secrets: readonly StoredSecret[],
  sealed: string,
  now: Instant,
  until: Instant,
): readonly StoredSecret[] {
  const former = secrets.map((one) => ({ ...one, until: Math.min(one.until ?? until, until) }))
  return [{ sealed, until: null }, ...former.filter((one) => one.until > now)].slice(0, SECRETS_MAX)
}

/** Opened once for all events of a ride: opening one costs as much as posting does. Gone with the endpoint as it was read. */
const opened = new WeakMap<StoredSecret, string>()

/** Those that sign now, newest first. */
export const signingSecrets = (ctx: Context, endpoint: Endpoint, now: Instant): readonly string[] =>
  endpoint.data.secrets
    .filter(({ until }) => until === null || until > now)
    .map((stored) => {
      const secret = opened.get(stored) ?? openSecret(ctx, endpoint, stored.sealed)
      opened.set(stored, secret)
      return secret
    })
