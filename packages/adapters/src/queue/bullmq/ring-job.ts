import { createHash, randomUUID } from 'node:crypto'
import type { Instant, Job } from '@mailwright/core'
import type { JobsOptions } from 'bullmq'

/** What Redis holds of a ring: ids, never content. */
export type RingData = Job

/** Whoever may write to this Redis may write anything. */
export const isRing = (data: unknown): data is RingData => {
  if (typeof data !== 'object' || data === null) return false
  const { id, kind, ref, runAt } = data as Partial<Record<keyof RingData, unknown>>
  return [id, kind, ref].every((text) => typeof text === 'string') && typeof runAt === 'number'
}

/**
 * How long a waiting ring stands for those that come after it. It usually ends sooner, when the ring is picked up; only where Redis or a consumer lost the
 * ring in between, rings of its id are silent for this long, and the sweep does their work.
 */
const MERGED_MS = 30_000
/** Rings of the future come up to this much later than asked, and share one job. */
const STEP_MS = 100

/** An id as part of a key: of one length, of letters, digits, `-` and `_` only, so that no id reaches another's keys (T27). */
const keyPart = (text: string): string => createHash('sha256').update(text).digest('base64url')

/**
 * A ring that is due is merged by BullMQ's deduplication, whose key the consumer removes before it calls the handler: a fixed job id would swallow the
 * rings that come while the handler runs. One of the future is merged by its job id, which says when it is due.
 */
export const ringOptions = (job: Job, now: Instant): JobsOptions => {
  if (job.runAt <= now)
    return { jobId: randomUUID(), deduplication: { id: keyPart(job.id), ttl: MERGED_MS }, timestamp: now }
  const due = Math.ceil(job.runAt / STEP_MS) * STEP_MS
  return { jobId: keyPart(JSON.stringify([job.id, due])), delay: due - now, timestamp: now }
}
