import type { InventoryEntry } from '../../domain/dedicated-ip/index.js'
import type { Change } from '../../ports/changes.js'
import { bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { each, insertRecord, type Stored, updateRecord } from '../stored.js'

/** The addresses are of no account; whose one is stands in its allocation. */
export const POOL = ''
export const poolId = (ip: string): string => `ip:${ip}`

/** The operator's addresses as this process was told of them (DIP-1). */
export interface Inventory {
  readonly entries: readonly InventoryEntry[]
  find(ip: string): InventoryEntry | undefined
  /** Resolves when the stored pool has been brought in line with the entries, once in the life of this process. */
  ready(ctx: Context): Promise<void>
}

export function createInventory(entries: readonly InventoryEntry[]): Inventory {
  const byIp = new Map(entries.map((entry) => [entry.ip, entry]))
  let reconciled: Promise<void> | null = null
  return {
    entries,
    find: (ip) => byIp.get(ip),
    ready(ctx) {
      reconciled ??= entries.length === 0 ? Promise.resolve() : reconcile(ctx, byIp)
      // A storage that is away now may be there at the next call.
      reconciled.catch(() => {
        reconciled = null
      })
      return reconciled
    },
  }
}

/**
 * New addresses become free, those that left are retired unless they are in use. Only ever once in a process, so that one that is still running with the old
 * inventory does not bring back what a newer one has retired; between two that start, the later one says how it is.
 */
async function reconcile(ctx: Context, entries: ReadonlyMap<string, InventoryEntry>): Promise<void> {
  for (;;) {
    const changes = await differences(ctx, entries)
    if (changes.length === 0) return
    const results = await ctx.storage.apply(changes.map((change) => bundle([change])))
    if (results.every(({ applied }) => applied)) return
  }
}

async function differences(ctx: Context, entries: ReadonlyMap<string, InventoryEntry>): Promise<readonly Change[]> {
  const changes: Change[] = []
  const known = new Set<string>()
  for await (const pooled of each(ctx, 'ip', { account: POOL })) {
    known.add(pooled.data.ip)
    changes.push(...difference(pooled, entries.get(pooled.data.ip)))
  }
  for (const entry of entries.values()) {
    if (!known.has(entry.ip)) changes.push(inserted(entry, ctx.clock.now()))
  }
  return changes
}

function difference(pooled: Stored<'ip'>, entry: InventoryEntry | undefined): readonly Change[] {
  const { state, data } = pooled
  if (!entry) return state === 'free' || state === 'cooling' ? [updateRecord(pooled, { state: 'retired' })] : []
  const { ehlo, relay } = entry
  const back = state === 'retired' ? (data.coolUntil === null ? 'free' : 'cooling') : state
  if (back === state && ehlo === data.ehlo && relay === data.relay) return []
  return [updateRecord(pooled, { state: back, data: { ehlo, relay } })]
}

const inserted = (entry: InventoryEntry, now: number): Change =>
  insertRecord({
    kind: 'ip',
    account: POOL,
    id: poolId(entry.ip),
    name: entry.ip,
    state: 'free',
    createdAt: now,
    data: { ...entry, allocation: null, coolUntil: null },
  })
