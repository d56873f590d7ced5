import { idOfApiKey, type Role } from '../../domain/access/index.js'
import type { Tags } from '../../domain/tags/index.js'
import type { Instant } from '../../ports/clock.js'
import { bundle, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { findByKey, type Stored, updateRecord } from '../stored.js'
import { apiKeyKey } from './api-key-records.js'
import { digestOf, isDigest } from './digest.js'
import { keyMemoryOf } from './key-memory.js'

const DAY = 86_400_000

/** Who holds an API key. */
export interface KeyHolder {
  readonly account: string
  readonly role: Role
  /** None: the whole account. */
  readonly tags: Tags
  /** `key:` and the id of the key, for the audit. */
  readonly actor: string
}

/**
 * Who holds the key; null: nobody, for whatever reason. What has not the form of a key costs no question. Everything else costs the same: one digest, one
 * question, one comparison in constant time, whether the id is unknown, the secret is wrong, or the key is revoked or has expired (T24). A key that
 * was let in is not asked about again for five seconds.
 */
export async function authenticate(ctx: Context, given: unknown, from?: string): Promise<KeyHolder | null> {
  const id = idOfApiKey(given)
  if (id === null) return null
  const memory = keyMemoryOf(ctx)
  const now = ctx.clock.now()
  const digest = digestOf(String(given))
  const known = memory.find(id, now)
  if (isDigest(known?.data.digest, digest) && known) return holderOf(known, now)
  // Asked after what is known, so that keys in use work on while somebody guesses behind the same address.
  if (from !== undefined && memory.failures.of(from, now) >= ctx.policy.apiKeyFailuresPerMinute) return null
  const { forgotten } = memory
  const record = await findByKey<'api-key'>(ctx, '', apiKeyKey(id))
  const holder = isDigest(record?.data.digest, digest) && record ? holderOf(record, now) : null
  if (!record || !holder) {
    if (from !== undefined) memory.failures.add(from, now)
    return null
  }
  // One that was revoked while we asked is not kept.
  if (memory.forgotten === forgotten) memory.keep(record, now)
  await noteUse(ctx, record, now)
  return holder
}

function holderOf({ account, id, data }: Stored<'api-key'>, now: Instant): KeyHolder | null {
  const { role, tags, expiresAt } = data
  return expiresAt !== null && expiresAt <= now ? null : { account, role, tags, actor: `key:${id}` }
}

/** One write per key and day. Nobody is turned away because it fails, and it brings back no key that was revoked just now. */
async function noteUse(ctx: Context, key: Stored<'api-key'>, now: Instant): Promise<void> {
  const usedOn = now - (now % DAY)
  if (key.data.usedOn === usedOn) return
  await tryBundle(ctx, bundle([updateRecord(key, { data: { usedOn } })])).catch((error: unknown) =>
    ctx.logger.log('warn', 'api-key-use-not-noted', { id: key.id, error }),
  )
}
