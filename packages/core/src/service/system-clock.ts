import type { Clock, Instant } from '../ports/clock.js'

const EVERY_MS = 30_000
/** An offset that jumps by more than this is not believed until it has been measured again. */
const JUMP_MS = 2_000
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** A clock that follows a common source between its measurements. */
export interface SharedClock extends Clock {
  /** Measures now, and from then on regularly. Rejects if the source does not answer. */
  start(): Promise<void>
  stop(): void
  /** false after a jump of more than 2 s until the next measurement agrees: claim nothing meanwhile. */
  readonly trusted: boolean
}

/**
 * Monotonic time plus an offset, measured against `source` (the storage's time, so that all processes agree) at the start and every 30 s.
 * Never steps back: when the source is behind, it stands still until the source has caught up.
 */
export function systemClock(options: { readonly source?: () => Promise<Instant>; readonly everyMs?: number } = {}): SharedClock {
  const monotonic = () => performance.now()
  let offset = Date.now() - monotonic()
  let last = 0
  let trusted = true
  let doubted: number | null = null
  let timer: NodeJS.Timeout | undefined

  const measure = async () => {
    if (!options.source) return
    const before = monotonic()
    const at = await options.source()
    const measured = at - (before + monotonic()) / 2
    const confirmed = doubted !== null && Math.abs(measured - doubted) <= JUMP_MS
    if (Math.abs(measured - offset) <= JUMP_MS || confirmed) {
      offset = measured
      trusted = true
      doubted = null
    } else {
      trusted = false
      doubted = measured
    }
  }

  const now = (): Instant => {
    last = Math.max(last, Math.floor(monotonic() + offset))
    return last
  }

  return {
    now,
    get trusted() {
      return trusted
    },
    async start() {
      await measure()
      if (!trusted) await measure()
      if (timer || !options.source) return
      // A source that is away leaves the offset as it is; the storage's own calls report it.
      timer = setInterval(() => void measure().catch(() => undefined), options.everyMs ?? EVERY_MS)
      timer.unref()
    },
    stop() {
      clearInterval(timer)
      timer = undefined
    },
    sleepUntil(at, signal) {
      return new Promise((resolve) => {
        let sleeping: NodeJS.Timeout | undefined
        const end = () => {
          clearTimeout(sleeping)
          signal.removeEventListener('abort', end)
          resolve()
        }
        const step = () => {
          const left = at - now()
          if (left <= 0 || signal.aborted) end()
          else {
            sleeping = setTimeout(step, Math.min(left, LONGEST_TIMER_MS))
            sleeping.unref()
          }
        }
        signal.addEventListener('abort', end, { once: true })
        step()
      })
    },
  }
}
