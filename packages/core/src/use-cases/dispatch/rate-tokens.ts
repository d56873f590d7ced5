import type { Instant } from '../../ports/clock.js'
import type { Engine } from './engine.js'
import { STALE_MS, WINDOW_MS } from './ip-rates.js'

/** Tokens that are asked for at a time; few, so that single mail of the same rate waits for few of a batch. */
const WAVE = 10
/** Parts of a rate in which tokens are asked for, so that no window is left half empty because a large take does not fit. */
const GRAINS = 50

export interface RateTokens {
  /** null: a fresh one is in hand. A promise: ask again when it has resolved. */
  wait(): Promise<void> | null
  use(): void
  /** Asks for no more, and no longer for what has not come. */
  close(): void
}

export interface TokenOrder {
  readonly key: string
  readonly perSecond: number
  /** How many are still needed. */
  readonly toGo: () => number
  /**
   * For mails that ask one after the other: few at a time, as they come. Else all at once, for mails that look for a token together and
   * then use one each.
   */
  readonly oneByOne: boolean
  failed(error: unknown): void
}

/** The tokens of one rate in the hands of one claim. Those that are not used within STALE_MS are let go. */
export function rateTokens({ ctx, signal }: Engine, order: TokenOrder): RateTokens {
  const { key, perSecond, toGo, oneByOne, failed } = order
  const grain = oneByOne ? Math.max(1, Math.floor(perSecond / GRAINS)) : perSecond
  const wave = oneByOne ? WAVE : perSecond
  const closing = new AbortController()
  const until = AbortSignal.any([signal, closing.signal])
  let inHand: Instant[] = []
  let asked = 0
  let moved: { readonly promise: Promise<void>; readonly resolve: () => void } | null = null

  const wake = (): void => {
    moved?.resolve()
    moved = null
  }
  const ask = (count: number): void => {
    asked += count
    void ctx.limiter
      ?.take({ key, perSecond, windowMs: WINDOW_MS, count }, until)
      .then(
        () => {
          const at = ctx.clock.now()
          inHand.push(...Array.from({ length: count }, () => at))
        },
        (error: unknown) => {
          if (!closing.signal.aborted) failed(error)
        },
      )
      .finally(() => {
        asked -= count
        wake()
      })
  }
  const next = (): Promise<void> => {
    if (moved) return moved.promise
    let resolve: () => void = () => undefined
    const promise = new Promise<void>((done) => {
      resolve = done
    })
    moved = { promise, resolve }
    return promise
  }

  return {
    wait() {
      const now = ctx.clock.now()
      inHand = inHand.filter((at) => now - at <= STALE_MS)
      if (inHand.length > 0) return null
      for (let left = Math.min(wave, toGo()) - asked; left > 0; left -= grain) ask(Math.min(grain, left))
      return asked > 0 ? next() : null
    },
    use: () => void inHand.shift(),
    close: () => closing.abort(),
  }
}
