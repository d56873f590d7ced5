import type { Clock, Consumer, Instant, Job, Queue } from '@mailwright/core'
import type PQueue from 'p-queue'
import { createDueHeap } from './due-heap.js'
import { loadPQueue } from './load-p-queue.js'
import { realClock } from './real-clock.js'

export interface InProcessQueueOptions {
  /** How many handlers run at once, over all consumers. Default 64. */
  readonly concurrency?: number
  /** When `runAt` has come; this machine's time if left out. */
  readonly clock?: Clock
}

type Handler = (job: Job, signal: AbortSignal) => Promise<void>

interface Listener {
  readonly handler: Handler
  readonly running: Set<Promise<void>>
}

/**
 * Rings within this process: what is not rung when the process ends is forgotten, and a job published after `close` is too. A job
 * whose id is still waiting is merged with it, at the earlier of their instants; one that is already being handled rings again.
 */
export const inProcessQueue = (options: InProcessQueueOptions = {}): Queue => {
  const { clock = realClock, concurrency = 64 } = options
  /** By id, what has not been handed to a handler yet. An entry of the heap that is not in here is stale. */
  const waiting = new Map<string, Job>()
  const later = createDueHeap()
  const listeners: Listener[] = []
  const everyRunning = new Set<Promise<void>>()
  const closing = new AbortController()
  let closed: Promise<void> | undefined
  let loaded: Promise<PQueue> | undefined
  let alarm = new AbortController()
  let alarmAt = Number.POSITIVE_INFINITY

  const bell = (): Promise<PQueue> => {
    loaded ??= loadPQueue().then((Bell) => new Bell({ concurrency, autoStart: false }))
    return loaded
  }

  const handle = async (job: Job): Promise<void> => {
    // Merged with an earlier one, or closed meanwhile.
    if (waiting.get(job.id) !== job) return
    waiting.delete(job.id)
    const listener = listeners.shift()
    if (listener === undefined) return
    // Round robin over the consumers.
    listeners.push(listener)
    const running = listener.handler(job, closing.signal).catch(() => undefined)
    for (const set of [listener.running, everyRunning]) set.add(running)
    await running
    for (const set of [listener.running, everyRunning]) set.delete(running)
  }

  const ring = (pq: PQueue, job: Job): void => void pq.add(() => handle(job)).catch(() => undefined)

  const ringDue = (pq: PQueue): void => {
    const now = clock.now()
    for (let first = later.first; first !== undefined && first.runAt <= now; first = later.first) {
      later.pop()
      if (waiting.get(first.id) === first) ring(pq, first)
    }
  }

  /** Keeps one sleep, until the earliest job. */
  const setAlarm = (pq: PQueue): void => {
    const at = later.first?.runAt ?? Number.POSITIVE_INFINITY
    if (at >= alarmAt) return
    alarm.abort()
    const mine = new AbortController()
    alarm = mine
    alarmAt = at
    void clock.sleepUntil(at, mine.signal).then(() => {
      if (mine.signal.aborted) return
      alarmAt = Number.POSITIVE_INFINITY
      ringDue(pq)
      setAlarm(pq)
    })
  }

  const accept = (pq: PQueue, job: Job): void => {
    const present = waiting.get(job.id)
    if (present !== undefined && present.runAt <= job.runAt) return
    waiting.set(job.id, job)
    if (job.runAt > clock.now()) later.push(job)
    else ring(pq, job)
  }

  const close = async (until: Instant): Promise<void> => {
    alarm.abort()
    later.clear()
    waiting.clear()
    const pq = await loaded?.catch(() => undefined)
    pq?.pause()
    pq?.clear()
    const running = Promise.all(everyRunning)
    const patience = new AbortController()
    await Promise.race([running, clock.sleepUntil(until, patience.signal)])
    patience.abort()
    closing.abort()
    // Those that heed the signal at once still end before `close` does.
    await Promise.race([running, new Promise((resolve) => setImmediate(resolve))])
    listeners.length = 0
  }

  return {
    name: 'in-process',
    capabilities: { durable: false, shared: false },
    async publish(jobs) {
      const pq = await bell()
      if (closed !== undefined) return
      for (const job of jobs) accept(pq, job)
      setAlarm(pq)
    },
    async consume(handler): Promise<Consumer> {
      const pq = await bell()
      const listener: Listener = { handler: async (job, signal) => handler(job, signal), running: new Set() }
      if (closed === undefined) {
        listeners.push(listener)
        pq.start()
      }
      return {
        async stop() {
          const at = listeners.indexOf(listener)
          if (at >= 0) listeners.splice(at, 1)
          if (listeners.length === 0) pq.pause()
          await Promise.all(listener.running)
        },
      }
    },
    async inspect() {
      return []
    },
    close({ drainMs }) {
      closed ??= close(clock.now() + drainMs)
      return closed
    },
  }
}
