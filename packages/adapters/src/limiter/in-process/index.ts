import { setMaxListeners } from 'node:events'
import { type Clock, type Limiter, MailError, type TakeTokens } from '@mailwright/core'
import type Bottleneck from 'bottleneck'
import { loadBottleneck } from './load-bottleneck.js'
import { type Pause, pauseBy } from './pause.js'

const WINDOW_MS = 1_000

export interface InProcessLimiterOptions {
  /** Measures the window; monotonic time of this machine if left out. */
  readonly clock?: Clock
}

/** The tokens of one key. Those granted come back a window later, so any window holds at most the rate. */
interface Bucket {
  readonly reservoir: Promise<Bottleneck>
  /** The rate the last take named. */
  wished: number
  /** The rate that holds: `wished`, but never less than a waiting take wants, which else would wait for ever. */
  rate: number
  /** What the waiting takes want. */
  readonly wanted: number[]
  out: number
}

const stopped = (): MailError => new MailError('SERVICE_STOPPED', { limiter: 'in-process' })

const check = ({ key, perSecond, count, windowMs = WINDOW_MS }: TakeTokens): void => {
  if (!Number.isInteger(perSecond) || perSecond < 1) {
    throw new MailError('INPUT_INVALID', { field: 'perSecond', limiter: key, expected: 'a whole number of at least 1' })
  }
  if (!Number.isInteger(windowMs) || windowMs < 1) {
    throw new MailError('INPUT_INVALID', {
      field: 'windowMs',
      limiter: key,
      expected: 'whole milliseconds, at least 1',
    })
  }
  if (!Number.isInteger(count) || count < 1 || count > perSecond) {
    throw new MailError('INPUT_INVALID', { field: 'count', expected: `1 to ${perSecond}`, nearest: perSecond })
  }
}

/**
 * Limits the callers of this process, in the order they came. A changed `perSecond` of a key holds from the next take on. Takes
 * that still wait at `close` reject with SERVICE_STOPPED.
 */
export const inProcessLimiter = (options: InProcessLimiterOptions = {}): Limiter => {
  const pause: Pause = pauseBy(options.clock)
  const buckets = new Map<string, Bucket>()
  const closing = new AbortController()
  // Every take that waits listens, and every token that is out.
  setMaxListeners(0, closing.signal)

  const bucketOf = (key: string, rate: number): Bucket => {
    const known = buckets.get(key)
    if (known !== undefined) return known
    const reservoir = loadBottleneck().then((Limited) => new Limited({ reservoir: rate }))
    const bucket: Bucket = { reservoir, wished: rate, rate, wanted: [], out: 0 }
    buckets.set(key, bucket)
    return bucket
  }

  const retune = async (bucket: Bucket, limited: Bottleneck): Promise<void> => {
    const rate = Math.max(bucket.wished, ...bucket.wanted)
    const change = rate - bucket.rate
    bucket.rate = rate
    if (change !== 0) await limited.incrementReservoir(change)
  }

  const forgetIfIdle = (key: string, bucket: Bucket): void => {
    if (bucket.wanted.length > 0 || bucket.out > 0 || buckets.get(key) !== bucket) return
    buckets.delete(key)
    void bucket.reservoir.then((limited) => limited.disconnect(false)).catch(() => undefined)
  }

  const giveBack = async (key: string, bucket: Bucket, limited: Bottleneck, count: number): Promise<void> => {
    await limited.incrementReservoir(count)
    bucket.out -= count
    forgetIfIdle(key, bucket)
  }

  /** Waits for the tokens. `grant` answers whether they are still wanted. */
  const wait = async (
    { key, count, perSecond, windowMs = WINDOW_MS }: TakeTokens,
    bucket: Bucket,
    grant: () => boolean,
  ): Promise<void> => {
    bucket.wanted.push(count)
    bucket.wished = perSecond
    try {
      const limited = await bucket.reservoir
      await retune(bucket, limited)
      // Bottleneck cannot take a job out of its line: one that was abandoned gives its tokens back as soon as it gets them.
      await limited.schedule({ weight: count }, async () => {
        bucket.out += count
        const returned = grant() ? pause(windowMs, closing.signal) : Promise.resolve()
        void returned.then(() => giveBack(key, bucket, limited, count)).catch(() => undefined)
      })
      bucket.wanted.splice(bucket.wanted.indexOf(count), 1)
      await retune(bucket, limited)
    } catch (error) {
      bucket.wanted.splice(bucket.wanted.indexOf(count), 1)
      forgetIfIdle(key, bucket)
      throw error
    }
  }

  return {
    name: 'in-process',
    capabilities: { shared: false },
    async take(request, signal) {
      check(request)
      if (closing.signal.aborted) throw stopped()
      signal.throwIfAborted()
      const bucket = bucketOf(request.key, request.perSecond)
      await new Promise<void>((resolve, reject) => {
        let open = true
        const end = (settle: () => void): boolean => {
          if (!open) return false
          open = false
          signal.removeEventListener('abort', abandon)
          closing.signal.removeEventListener('abort', shut)
          settle()
          return true
        }
        const abandon = () => void end(() => reject(signal.reason))
        const shut = () => void end(() => reject(stopped()))
        signal.addEventListener('abort', abandon, { once: true })
        closing.signal.addEventListener('abort', shut, { once: true })
        wait(request, bucket, () => end(resolve)).catch((error) => void end(() => reject(error)))
      })
    },
    async close() {
      closing.abort()
      const open = [...buckets.values()]
      buckets.clear()
      await Promise.all(
        open.map(async ({ reservoir }) => {
          const limited = await reservoir
          await limited.stop({ dropWaitingJobs: true, dropErrorMessage: 'closed' })
          await limited.disconnect(false)
        }),
      )
    },
  }
}
