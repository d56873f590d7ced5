import { MailError } from '../../errors/mail-error.js'
import type { Context } from '../context.js'
import { parseInput } from '../parse-input.js'
import { type QueueStatus, type QueueStatusInput, queueStatus, queueStatusSchema } from './queue-status.js'

/** Looked at this often for what other processes have stored. */
const POLL_MS = 1_000
/** What this process has just stored shows after so long, together with what follows at its heels. */
const GATHER_MS = 100

/** Open streams of each account, for each service of this process. */
const openStreams = new WeakMap<Context, Map<string, number>>()

/** @throws LIMIT_REACHED: each stream reads again and again, and an account must not take all reading for itself (T25). */
function enter(ctx: Context, account: string): () => void {
  const counts = openStreams.get(ctx) ?? new Map<string, number>()
  openStreams.set(ctx, counts)
  const limit = ctx.policy.liveStreamsPerAccount
  const open = counts.get(account) ?? 0
  if (open >= limit) throw new MailError('LIMIT_REACHED', { limit })
  counts.set(account, open + 1)
  return () => {
    const left = (counts.get(account) ?? 1) - 1
    if (left > 0) counts.set(account, left)
    else counts.delete(account)
  }
}

/**
 * The queue status now and whenever it has changed, until `signal` or the end of the service. It reads when it is asked for the next one, so a slow
 * reader gets fewer, fresher ones, and nothing piles up. @throws INPUT_INVALID, LIMIT_REACHED when the first one is asked for.
 */
export async function* liveStatus(
  ctx: Context,
  account: string,
  input: QueueStatusInput,
  signal: AbortSignal | undefined,
): AsyncGenerator<QueueStatus> {
  const asked = parseInput(queueStatusSchema, input)
  const over = signal ? AbortSignal.any([signal, ctx.stopped]) : ctx.stopped
  const leave = enter(ctx, account)
  let shown = ''
  try {
    while (!over.aborted) {
      const change = changes(ctx, over)
      try {
        const status = await queueStatus(ctx, account, asked)
        const text = JSON.stringify(status)
        if (over.aborted) return
        if (text !== shown) {
          shown = text
          yield status
        }
        await change.next
      } finally {
        change.forget()
      }
    }
  } finally {
    leave()
  }
}

/** Listens from before the reading on, so that nothing falls in between. */
function changes(ctx: Context, over: AbortSignal): { readonly next: Promise<void>; forget(): void } {
  let done = () => {}
  const next = new Promise<void>((resolve) => {
    done = resolve
  })
  const calls = [ctx.after(POLL_MS, done)]
  let heard = false
  const deaf = ctx.hear(() => {
    if (!heard) calls.push(ctx.after(GATHER_MS, done))
    heard = true
  })
  over.addEventListener('abort', done, { once: true })
  const forget = () => {
    for (const call of calls) call()
    deaf()
    over.removeEventListener('abort', done)
  }
  return { next, forget }
}
