import type { Consumer, Instant, Job, Queue } from '@mailwright/core'
import type { Runner } from '../runner.js'

/** A queue of its own for one case, and the time it goes by. */
export interface QueueUnderTest {
  readonly queue: Queue
  /** Another on the same ground, as another process would make it. The case closes it. */
  readonly another: () => Promise<Queue>
  readonly now: () => Instant
  /** Lets so many milliseconds go by: steps the queue's clock, or really waits for a queue that has none. */
  readonly pass: (ms: number) => Promise<void>
  /** Frees what was taken. The queue may be closed already. */
  readonly dispose?: () => Promise<void>
}

export interface QueueBench extends QueueUnderTest {
  readonly expect: Runner['expect']
  /** How long a case waits for a ring before it calls it forgotten. */
  readonly patienceMs: number
}

export const aJob = (id: string, runAt: Instant): Job => ({ id, kind: 'chunk', ref: `ref-${id}`, runAt })

/** Fails instead of hanging when something promised does not come. */
export const within = async <T>(ms: number, what: string, promised: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([promised, late])
  } finally {
    clearTimeout(timer)
  }
}

export interface Ear {
  /** What rang, in order. */
  readonly heard: readonly Job[]
  readonly ids: () => readonly string[]
  /** Resolves once a job with this id rings or has rung. */
  readonly rung: (id: string) => Promise<void>
  readonly consumer: Consumer
}

/** Consumes and remembers. `during` is the rest of the handler. */
export const listen = async (
  { queue, patienceMs }: QueueBench,
  during: (job: Job, signal: AbortSignal) => Promise<void> = async () => undefined,
): Promise<Ear> => {
  const heard: Job[] = []
  const awaited = new Map<string, () => void>()
  const consumer = await queue.consume(async (job, signal) => {
    heard.push(job)
    awaited.get(job.id)?.()
    await during(job, signal)
  })
  const rung = (id: string): Promise<void> => {
    const ring = new Promise<void>((resolve) => {
      awaited.set(id, resolve)
      if (heard.some((job) => job.id === id)) resolve()
    })
    return within(patienceMs, `a ring of ${id}`, ring)
  }
  return { heard, ids: () => heard.map(({ id }) => id), rung, consumer }
}

/** Waits until the queue has rung a job that is due now: what should not ring has then had its chance. */
export const afterQuiet = async ({ queue, now }: QueueBench, ear: Ear, marker: string): Promise<void> => {
  await queue.publish([aJob(marker, now())])
  await ear.rung(marker)
}
