import type { Instant, Limiter, TakeTokens } from '@mailwright/core'
import type { Runner } from '../runner.js'

/** A limiter of its own for one case, and the time it goes by. */
export interface LimiterUnderTest {
  readonly limiter: Limiter
  /** Shares its tokens, as the limiter of another process would; null for one that is not `shared`. */
  readonly other: Limiter | null
  readonly now: () => Instant
  /** Lets so many milliseconds go by: steps the limiter's clock, or really waits for one that has none. */
  readonly pass: (ms: number) => Promise<void>
  /** How much later than it was given a grant may be noticed here; 0 with a stepped clock. */
  readonly noticedMs: number
  /** Frees what was taken. The limiters may be closed already. */
  readonly dispose?: () => Promise<void>
}

export interface LimiterBench extends LimiterUnderTest {
  readonly expect: Runner['expect']
  /** How long a case waits for what is promised, in real milliseconds. */
  readonly patienceMs: number
}

export interface Granted {
  readonly name: string
  readonly at: Instant
  readonly count: number
}

export const never: AbortSignal = new AbortController().signal

/** Waits for all, while time goes by; fails instead of waiting for ever. */
export const drive = async <T>(bench: LimiterBench, what: string, promised: Promise<T>, stepMs = 5): Promise<T> => {
  const until = performance.now() + bench.patienceMs
  let over = false
  const ended = promised.finally(() => {
    over = true
  })
  ended.catch(() => undefined)
  while (!over) {
    if (performance.now() > until) throw new Error(`${what} did not come within ${bench.patienceMs} ms`)
    await bench.pass(stepMs)
  }
  return ended
}

/** Takes, and notes when that was granted. */
export const taking = async (
  bench: LimiterBench,
  request: TakeTokens,
  {
    limiter = bench.limiter,
    signal = never,
    name = request.key,
    granted = [],
  }: {
    readonly limiter?: Limiter
    readonly signal?: AbortSignal
    readonly name?: string
    readonly granted?: Granted[]
  } = {},
): Promise<Granted> => {
  await limiter.take(request, signal)
  const grant = { name, at: bench.now(), count: request.count }
  granted.push(grant)
  return grant
}

/** The most that was granted in any `windowMs`. What is noticed late is granted earlier: windows are shorter by that. */
export const mostOf = (granted: readonly Granted[], windowMs: number): number =>
  Math.max(
    0,
    ...granted.map(({ at }) =>
      granted.filter((one) => one.at >= at && one.at < at + windowMs).reduce((sum, { count }) => sum + count, 0),
    ),
  )

/** What it was rejected with; fails if it was not. */
export const rejection = async (promised: Promise<unknown>): Promise<unknown> => {
  try {
    await promised
  } catch (error) {
    return error
  }
  throw new Error('what should be rejected was granted')
}

export const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : `no MailError: ${String(error)}`
