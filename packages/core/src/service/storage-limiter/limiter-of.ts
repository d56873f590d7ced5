import type { Clock } from '../../ports/clock.js'
import type { Limiter } from '../../ports/limiter.js'
import type { Storage } from '../../ports/storage.js'
import type { Inventory } from '../../use-cases/dedicated-ips/index.js'
import { measuredLimiter } from '../metrics/measured-limiter.js'
import type { ParsedOptions } from '../options.js'
import { storageLimiter } from './storage-limiter.js'

/** The host's limiter; else, where a rate is to be kept, one on the storage, which all processes share. */
export function limiterOf(
  { limiter, metrics, policy }: ParsedOptions,
  given: { readonly storage: Storage; readonly clock: Clock; readonly inventory: Inventory },
): Limiter | null {
  if (limiter) return limiter
  if (policy.accountPerSecond === null && given.inventory.entries.length === 0) return null
  const own = storageLimiter(given)
  return metrics ? measuredLimiter(own, metrics) : own
}
