import type { Instant } from '../../ports/clock.js'
import type { Context } from '../context.js'
import type { Stored } from '../stored.js'
import { createWindowCounts, type WindowCounts } from '../window-counts.js'

/** How long a process may go by what it knew of a key: so long one that is revoked elsewhere works on. */
const KEPT_MS = 5_000
const KEPT_KEYS = 1_000
const MINUTE = 60_000

type ApiKey = Stored<'api-key'>

/** What one service remembers of the keys that it has let in, and of where wrong ones came from. */
export interface KeyMemory {
  find(id: string, now: Instant): ApiKey | undefined
  /** How often something was forgotten: a look-up that began before must not be kept. */
  readonly forgotten: number
  keep(key: ApiKey, now: Instant): void
  forget(id: string): void
  readonly failures: WindowCounts
}

const memories = new WeakMap<Context, KeyMemory>()

export function keyMemoryOf(ctx: Context): KeyMemory {
  const known = memories.get(ctx) ?? createKeyMemory()
  memories.set(ctx, known)
  return known
}

function createKeyMemory(): KeyMemory {
  const kept = new Map<string, { readonly key: ApiKey; readonly until: Instant }>()
  let forgotten = 0
  return {
    find(id, now) {
      const known = kept.get(id)
      return known && now < known.until ? known.key : undefined
    },
    get forgotten() {
      return forgotten
    },
    keep(key, now) {
      kept.delete(key.id)
      kept.set(key.id, { key, until: now + KEPT_MS })
      const [oldest] = kept.keys()
      if (kept.size > KEPT_KEYS && oldest !== undefined) kept.delete(oldest)
    },
    forget(id) {
      forgotten += 1
      kept.delete(id)
    },
    failures: createWindowCounts(MINUTE),
  }
}
