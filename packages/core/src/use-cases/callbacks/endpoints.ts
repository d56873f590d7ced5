import { tryParseAddress } from '../../domain/address/index.js'
import { endpointFor } from '../../domain/callback/index.js'
import type { Change } from '../../ports/changes.js'
import type { Context } from '../context.js'
import { each, type Stored } from '../stored.js'

export type Endpoint = Stored<'callback'>

/** Moved by every change of any callback, so that one small question a second tells whether anything kept is out of date. */
const EPOCH = 'callbacks'
/** How long a process may go by what it knew (CBK-1). */
const STALE_MS = 1_000
const KEPT_ACCOUNTS = 10_000

interface Kept {
  checkedAt: number
  /** The small question of this second, shared by all who come while it is asked. */
  checked: Promise<void>
  epoch: number
  readonly byAccount: Map<string, Promise<readonly Endpoint[]>>
}

const keptOf = new WeakMap<Context, Kept>()

/** All endpoints of an account as they are now: one question. */
export async function endpointsNow(ctx: Context, account: string): Promise<readonly Endpoint[]> {
  const endpoints: Endpoint[] = []
  for await (const endpoint of each(ctx, 'callback', { account })) endpoints.push(endpoint)
  return endpoints
}

/**
 * All endpoints of an account as they were at most a second ago, for the moment an event happens. Costs no question per mail or flush: one a second for
 * all accounts, and one per account when something has changed.
 */
export async function endpointsLately(ctx: Context, account: string): Promise<readonly Endpoint[]> {
  const kept = keptOf.get(ctx) ?? newKept()
  keptOf.set(ctx, kept)
  const now = ctx.clock.now()
  if (now - kept.checkedAt >= STALE_MS) {
    kept.checkedAt = now
    kept.checked = forgetIfMoved(ctx, kept)
    kept.checked.catch(() => {
      kept.checkedAt = Number.NEGATIVE_INFINITY
    })
  }
  await kept.checked
  const known = kept.byAccount.get(account)
  if (known) return known
  const asked = endpointsNow(ctx, account)
  kept.byAccount.set(account, asked)
  asked.catch(() => kept.byAccount.delete(account))
  return asked
}

const newKept = (): Kept => ({
  checkedAt: Number.NEGATIVE_INFINITY,
  checked: Promise.resolve(),
  epoch: 0,
  byAccount: new Map(),
})

async function forgetIfMoved(ctx: Context, kept: Kept): Promise<void> {
  const [epoch = 0] = await ctx.storage.read.epochs([EPOCH])
  if (epoch !== kept.epoch || kept.byAccount.size > KEPT_ACCOUNTS) kept.byAccount.clear()
  kept.epoch = epoch
}

/** Belongs into every bundle that changes a callback. */
export const endpointsMoved: Change = { type: 'epoch.bump', keys: [EPOCH] }

const CHANGED = 'callbacks:'

/** The account in what this process hears when callbacks of an account have changed; null: it is about something else. */
export const accountOfCallbacksKey = (key: string): string | null =>
  key.startsWith(CHANGED) ? key.slice(CHANGED.length) : null

/** After a change in this process: no event that happens from here on goes by what was, and no endpoint rests for what it did before. */
export function callbacksChanged(ctx: Context, account: string): void {
  keptOf.get(ctx)?.byAccount.delete(account)
  ctx.bumped([`${CHANGED}${account}`])
}

/** The unique key of an account's endpoint, or of that of a sender, by its address key. */
export const callbackKey = (sender: string | null): string => (sender === null ? 'callback' : `callback:${sender}`)

/** Whom an event is told (CBK-1); `from` as in CallbackPart. */
export function endpointOf(ctx: Context, endpoints: readonly Endpoint[], from: string): Endpoint | null {
  if (endpoints.length === 0) return null
  const named = endpoints.some(({ data }) => data.sender !== null) && !from.startsWith('@')
  const key = named ? (tryParseAddress(from, ctx.policy)?.key ?? null) : null
  const addressed = endpoints.map((endpoint) => ({ sender: endpoint.data.sender?.key ?? null, endpoint }))
  return endpointFor(addressed, key)?.endpoint ?? null
}
