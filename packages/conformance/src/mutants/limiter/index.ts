import type { Limiter } from '@mailwright/core'

/** A wrong limiter, and exactly the cases it must fail. */
export interface LimiterMutant {
  readonly name: string
  readonly fails: readonly string[]
  readonly spoil: (limiter: Limiter, pass: (ms: number) => Promise<void>) => Limiter
}

const never = new AbortController().signal

/** Each takes a right limiter and breaks one promise of it. */
export const limiterMutants: readonly LimiterMutant[] = [
  {
    name: 'counts takes instead of tokens',
    fails: ['limiter/any-window-holds-at-most-the-rate', 'limiter/shares-the-rate-as-declared'],
    spoil: (limiter) => ({
      ...limiter,
      take: async (request, signal) => {
        if (
          request.windowMs !== 300 ||
          request.key === 'line' ||
          !Number.isInteger(request.count) ||
          request.count > request.perSecond
        )
          return limiter.take(request, signal)
        return limiter.take({ ...request, count: Math.min(1, request.count) }, signal)
      },
    }),
  },
  {
    name: 'knows windows of a third of a second only',
    fails: ['limiter/window-as-long-as-asked'],
    spoil: (limiter) => ({
      ...limiter,
      take: (request, signal) =>
        limiter.take(request.windowMs === 700 ? { ...request, windowMs: 300 } : request, signal),
    }),
  },
  {
    name: 'cuts keys off',
    fails: ['limiter/keys-do-not-meet'],
    spoil: (limiter) => ({
      ...limiter,
      take: (request, signal) => limiter.take({ ...request, key: request.key.slice(0, 1_000) }, signal),
    }),
  },
  {
    name: 'lets small takes go past',
    fails: ['limiter/first-come-first-granted'],
    spoil: (limiter, pass) => ({
      ...limiter,
      take: async (request, signal) => {
        if (request.key === 'line' && request.count > 5) await pass(0).then(() => undefined)
        return limiter.take(request, signal)
      },
    }),
  },
  {
    name: 'takes what was abandoned',
    fails: ['limiter/abort-takes-nothing'],
    spoil: (limiter) => ({
      ...limiter,
      take: (request, signal) => {
        if (signal.aborted || request.key !== 'left') return limiter.take(request, signal)
        const left = new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason), { once: true })
        })
        return Promise.race([limiter.take(request, never), left])
      },
    }),
  },
  {
    name: 'does not look at the signal first',
    fails: ['limiter/aborted-before'],
    spoil: (limiter) => ({
      ...limiter,
      take: (request, signal) => limiter.take(request, signal.aborted ? never : signal),
    }),
  },
  {
    name: 'takes any count for a good one',
    fails: ['limiter/refuses-what-cannot-be'],
    spoil: (limiter) => ({
      ...limiter,
      take: (request, signal) =>
        limiter.take(
          { ...request, count: request.count > request.perSecond ? request.perSecond : request.count },
          signal,
        ),
    }),
  },
  {
    name: 'goes on after its close',
    fails: ['limiter/close-rejects-who-waits'],
    spoil: (limiter) => ({ ...limiter, close: async () => undefined }),
  },
]
