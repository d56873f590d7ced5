import { isMailError, MailError } from '../../errors/mail-error.js'
import type { Bundle, BundleResult } from '../../ports/changes.js'
import { tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'

/** Hands one bundle to the next common `apply` and answers with its own result. */
export type Submit = (bundle: Bundle) => Promise<BundleResult>

const MOST = 100
const WAIT_MS = 2

interface Waiting {
  readonly bundle: Bundle
  resolve(result: BundleResult): void
  reject(error: unknown): void
}

/**
 * Sends of one process that come close together share one `apply` (one commit), each with its own answer. While an
 * apply is running the next ones gather; alone, a send does not wait.
 */
export function coalesce(ctx: Pick<Context, 'storage' | 'after'>): Submit {
  let waiting: Waiting[] = []
  let running = 0
  let timer: (() => void) | null = null

  const alone = ({ bundle, resolve, reject }: Waiting) => tryBundle(ctx, bundle).then(resolve, reject)

  const go = async () => {
    timer?.()
    timer = null
    const taken = waiting.splice(0, MOST)
    if (taken.length === 0) return
    running += 1
    try {
      const results = await ctx.storage.apply(taken.map(({ bundle }) => bundle))
      taken.forEach(({ resolve, reject }, index) => {
        const result = results[index]
        if (result) resolve(result)
        else reject(new MailError('ADAPTER_FAILED', { adapter: ctx.storage.name, operation: 'apply' }))
      })
    } catch (error) {
      // One of them waits for somebody's open transaction: the others go without it.
      if (taken.length > 1 && isMailError(error, 'IDEMPOTENCY_IN_PROGRESS')) await Promise.all(taken.map(alone))
      else for (const { reject } of taken) reject(error)
    } finally {
      running -= 1
      if (waiting.length > 0) void go()
    }
  }

  return (bundle) =>
    new Promise((resolve, reject) => {
      waiting = [...waiting, { bundle, resolve, reject }]
      if (running === 0 && waiting.length === 1) queueMicrotask(() => void go())
      else if (waiting.length >= MOST) void go()
      else timer ??= ctx.after(WAIT_MS, () => void go())
    })
}
