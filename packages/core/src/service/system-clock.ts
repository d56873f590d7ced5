import type { Clock, Instant } from '../ports/clock.js'

/** A measurement that moves the offset by more than this is not believed until another one agrees with it. */
const JUMP_MS = 2_000
/** Also the longest single timer of a sleeper, so that it follows a corrected offset. */
const EVERY_MS = 30_000
/** A source is asked again until it answers this fast: the answer may be wrong by half of its time. */
const FAST_MS = 4
const TRIES = 5

export interface SystemClockOptions {
  /** What the clock follows, for instance the storage's `time`, so that all processes agree. The system's clock if left out. */
  readonly source?: () => Promise<Instant>
  /** How often the source is measured; 30 s if left out. */
  readonly everyMs?: number
  /** Milliseconds that only ever grow; `performance.now` if left out. */
  readonly monotonic?: () => number
}

/** A clock that follows a common source between its measurements. */
export interface SharedClock extends Clock {
  /** Measures now and from then on regularly. Rejects if the source does not answer now. */
  start(): Promise<void>
  /** Measures once. A measurement that takes longer than 2 s says too little and is thrown away. */
  measure(): Promise<void>
  stop(): void
  /** false from a jump of more than 2 s until the next measurement agrees with the one before: claim nothing meanwhile. */
  readonly trusted: boolean
}

/**
 * Monotonic time plus a measured offset. Never steps back: when the source turns out to be behind, `now` stands still until the
 * source has caught up. No timer of it keeps the process alive.
 */
export const systemClock = (options: SystemClockOptions = {}): SharedClock => {
  const monotonic = options.monotonic ?? (() => performance.now())
  const source = options.source ?? (async () => Date.now())
  let offset = Date.now() - monotonic()
  let last = 0
  let measured = false
  let doubted: number | null = null
  let timer: NodeJS.Timeout | undefined

  /** The offset by the fastest of a few answers, and how long that took. */
  const look = async () => {
    let best = { trip: Number.POSITIVE_INFINITY, found: 0 }
    for (let tries = 0; tries < TRIES && best.trip > FAST_MS; tries += 1) {
      const before = monotonic()
      const there = await source()
      const after = monotonic()
      if (after - before < best.trip) best = { trip: after - before, found: there - (before + after) / 2 }
    }
    return best
  }

  const measure = async (): Promise<void> => {
    const { trip, found } = await look()
    if (trip > JUMP_MS) return
    const near = (known: number) => Math.abs(found - known) <= JUMP_MS
    // The first measurement has nothing to jump from but this machine's own idea of the time.
    if (!measured || near(offset) || (doubted !== null && near(doubted))) {
      offset = found
      measured = true
      doubted = null
    } else doubted = found
  }

  const now = (): Instant => {
    last = Math.max(last, Math.floor(monotonic() + offset))
    return last
  }

  return {
    now,
    measure,
    get trusted() {
      return doubted === null
    },
    async start() {
      await measure()
      if (doubted !== null) await measure()
      if (timer !== undefined) return
      // A source that is away leaves the offset as it is: whoever needs the source notices by itself.
      timer = setInterval(() => void measure().catch(() => undefined), options.everyMs ?? EVERY_MS)
      timer.unref()
    },
    stop() {
      clearInterval(timer)
      timer = undefined
    },
    sleepUntil: (at, signal) =>
      new Promise((resolve) => {
        let sleeping: NodeJS.Timeout | undefined
        const end = () => {
          clearTimeout(sleeping)
          signal.removeEventListener('abort', end)
          resolve()
        }
        const step = () => {
          const left = at - now()
          if (left <= 0 || signal.aborted) return end()
          sleeping = setTimeout(step, Math.min(left, EVERY_MS))
          sleeping.unref()
        }
        signal.addEventListener('abort', end, { once: true })
        step()
      }),
  }
}
