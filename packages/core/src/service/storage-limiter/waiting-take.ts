import { MailError } from '../../errors/mail-error.js'
import type { TakeTokens } from '../../ports/limiter.js'

const WINDOW_MS = 1_000

/** A take that has not been answered. */
export interface WaitingTake {
  readonly key: string
  readonly count: number
  readonly perSecond: number
  readonly windowMs: number
  /** false: it was answered, or abandoned. */
  readonly open: boolean
  grant(): void
  fail(error: unknown): void
}

const whole = (value: number): boolean => Number.isInteger(value) && value >= 1

function check({ key, perSecond, count, windowMs }: Required<TakeTokens>): void {
  if (typeof key !== 'string') throw new MailError('INPUT_INVALID', { field: 'key', expected: 'a string' })
  if (!whole(perSecond)) throw new MailError('INPUT_INVALID', { field: 'perSecond', expected: 'a whole number from 1' })
  if (!whole(windowMs))
    throw new MailError('INPUT_INVALID', { field: 'windowMs', expected: 'whole milliseconds from 1' })
  if (!whole(count) || count > perSecond)
    throw new MailError('INPUT_INVALID', { field: 'count', expected: `1 to ${perSecond}`, nearest: perSecond })
}

/** Rejects with INPUT_INVALID, or with the signal's reason as soon as it aborts. */
export function waitingTake(request: TakeTokens, signal: AbortSignal): { take: WaitingTake; answered: Promise<void> } {
  const { key, count, perSecond, windowMs = WINDOW_MS } = request
  check({ key, count, perSecond, windowMs })
  signal.throwIfAborted()
  let open = true
  let settle: { resolve(): void; reject(error: unknown): void }
  const answered = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject }
  })
  const end = (how: () => void): void => {
    if (!open) return
    open = false
    signal.removeEventListener('abort', abandon)
    how()
  }
  const abandon = () => end(() => settle.reject(signal.reason))
  signal.addEventListener('abort', abandon, { once: true })
  const take: WaitingTake = {
    key,
    count,
    perSecond,
    windowMs,
    get open() {
      return open
    },
    grant: () => end(() => settle.resolve()),
    fail: (error) => end(() => settle.reject(error)),
  }
  return { take, answered }
}
