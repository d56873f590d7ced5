import type { Instant, Job, Queue } from '@mailwright/core'

/** A wrong queue, and exactly the cases it must fail. */
export interface QueueMutant {
  readonly name: string
  readonly fails: readonly string[]
  readonly spoil: (queue: Queue, now: () => Instant) => Queue
}

/** Each takes a right queue and breaks one promise of it. */
export const queueMutants: readonly QueueMutant[] = [
  {
    name: 'forgets what comes in large numbers',
    fails: ['queue/rings-each-job'],
    spoil: (queue) => ({ ...queue, publish: (jobs) => queue.publish(jobs.slice(0, 40)) }),
  },
  {
    name: 'rings at once what is far off, as a timer does that overflows',
    fails: ['queue/rings-not-before'],
    spoil: (queue, now) => ({
      ...queue,
      publish: (jobs) => queue.publish(jobs.map((job) => (job.runAt - now() > 30_000 ? { ...job, runAt: 0 } : job))),
    }),
  },
  {
    name: 'doubles callbacks by inventing',
    fails: ['queue/rings-what-was-published'],
    spoil: (queue) => ({
      ...queue,
      publish: (jobs) => queue.publish(jobs.flatMap((job) => (job.kind === 'callback' ? [job, invented(job)] : [job]))),
    }),
  },
  {
    name: 'rings each publishing of a waiting job',
    fails: ['queue/merges-same-id'],
    spoil: (queue) => {
      let serial = 0
      const unlike = (job: Job): Job => ({ ...job, id: `${serial++}#${job.id}` })
      return {
        ...queue,
        publish: (jobs) => queue.publish(jobs.map(unlike)),
        consume: (handler) =>
          queue.consume((job, signal) => handler({ ...job, id: job.id.slice(job.id.indexOf('#') + 1) }, signal)),
      }
    },
  },
  {
    name: 'remembers an id for ever',
    fails: ['queue/rings-again-once-rung', 'queue/rings-again-while-handled'],
    spoil: (queue) => {
      const seen = new Set<string>()
      const unseen = ({ id }: Job): boolean => !seen.has(id) && seen.add(id) !== undefined
      return { ...queue, publish: (jobs) => queue.publish(jobs.filter(unseen)) }
    },
  },
  {
    name: 'swallows what comes while its like is handled',
    fails: ['queue/rings-again-while-handled'],
    spoil: (queue) => {
      const handled = new Set<string>()
      return {
        ...queue,
        publish: (jobs) => queue.publish(jobs.filter(({ id }) => !handled.has(id))),
        consume: (handler) =>
          queue.consume(async (job, signal) => {
            handled.add(job.id)
            try {
              await handler(job, signal)
            } finally {
              handled.delete(job.id)
            }
          }),
      }
    },
  },
  {
    name: 'says that it is what it is not: shared, or alone',
    fails: ['queue/shared-as-declared'],
    spoil: (queue) => ({ ...queue, capabilities: { ...queue.capabilities, shared: !queue.capabilities.shared } }),
  },
  {
    name: 'rejects when it is asked how it stands',
    fails: ['queue/inspect-answers'],
    spoil: (queue) => ({ ...queue, inspect: () => Promise.reject(new Error('away')) }),
  },
  {
    name: 'closes without draining',
    fails: ['queue/close-drains'],
    spoil: (queue) => ({ ...queue, close: () => queue.close({ drainMs: 0 }) }),
  },
  {
    name: 'never aborts',
    fails: ['queue/close-aborts-after-drain'],
    spoil: (queue) => {
      const never = new AbortController().signal
      return { ...queue, consume: (handler) => queue.consume((job) => handler(job, never)) }
    },
  },
]

const invented = (job: Job): Job => ({ ...job, id: `${job.id}-copy` })
