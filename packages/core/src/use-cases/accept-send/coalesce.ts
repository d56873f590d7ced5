import { isMailError, MailError } from '../../errors/mail-error.js'
import type { Bundle, BundleResult } from '../../ports/changes.js'
import { tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'

/** Hands one bundle to the next common `apply` and answers with its own result. */
export type Submit = (bundle: Bundle) => Promise<BundleResult>

const MOST = 100
/** An apply that waits for somebody else's lock keeps the next ones no longer than this. Many times what one takes under load: two at once only wait for one another. */
const PATIENCE_MS = 200

const concernsOne = (error: unknown): boolean =>
  isMailError(error, 'IDEMPOTENCY_IN_PROGRESS') || isMailError(error, 'DATA_CORRUPT')

interface Waiting {
  readonly bundle: Bundle
  resolve(result: BundleResult): void
  reject(error: unknown): void
}

/**
 * Sends of one process that come close together share one `apply` (one commit), each with its own answer. Alone, a send does not wait; while an apply is
 * running the next ones gather, since most of them lock the same rows (their domain's day) and would only wait there, one commit after the other.
 */
export function coalesce(ctx: Pick<Context, 'storage' | 'after'>): Submit {
  const waiting: Waiting[] = []
  let running = 0
  let patience: (() => void) | null = null

  const alone = ({ bundle, resolve, reject }: Waiting) => tryBundle(ctx, bundle).then(resolve, reject)

  const together = async (taken: readonly Waiting[]) => {
    try {
      const results = await ctx.storage.apply(taken.map(({ bundle }) => bundle))
      taken.forEach(({ resolve, reject }, index) => {
        const result = results[index]
        if (result) resolve(result)
        else reject(new MailError('ADAPTER_FAILED', { adapter: ctx.storage.name, operation: 'apply' }))
      })
    } catch (error) {
      // One of them waits for somebody's open transaction, or meets a row that cannot be read: the others go without it, and nobody waits for them.
      if (taken.length > 1 && concernsOne(error)) for (const one of taken) void alone(one)
      else for (const { reject } of taken) reject(error)
    }
  }

  const go = async () => {
    patience?.()
    patience = null
    const taken = waiting.splice(0, MOST)
    if (taken.length === 0) return
    running += 1
    next()
    await together(taken)
    running -= 1
    next()
  }

  const next = () => {
    if (waiting.length === 0) return
    if (running === 0) void go()
    else
      patience ??= ctx.after(PATIENCE_MS, () => {
        patience = null
        void go()
      })
  }

  return (bundle) =>
    new Promise((resolve, reject) => {
      waiting.push({ bundle, resolve, reject })
      // Those of the same turn go together.
      if (running === 0 && waiting.length === 1) queueMicrotask(next)
      else if (running > 0) next()
    })
}
