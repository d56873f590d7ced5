import type { CustomView } from '@mailwright/core'
import { localOf, momentOf } from './moments.js'

export type End = 'keep' | 'now' | 'none' | 'at'

export interface Period {
  readonly startsAt: string
  readonly end: End
  readonly endsAt: string
  readonly reason: string
}

/** What the form begins with: of one row its end and reason, of several nothing, which changes nothing. */
export function periodOf(blocks: readonly CustomView[]): Period {
  const [only] = blocks
  const single = blocks.length === 1 && only !== undefined
  return {
    startsAt: '',
    end: single ? (only.endsAt === null ? 'none' : 'at') : 'keep',
    endsAt: single ? localOf(only.endsAt) : '',
    reason: single ? only.reason : '',
  }
}

/** So long ago that it is past on the server's clock as well. */
const SURELY_PAST_MS = 60_000

/** What has changed, as `blocklist.custom.modify` takes it. An end in the past lifts at once (BLK-4). */
export function changesOf(before: Period, { startsAt, end, endsAt, reason }: Period, now: number) {
  const ends = {
    keep: undefined,
    now: new Date(now - SURELY_PAST_MS).toISOString(),
    none: null,
    at: endsAt === before.endsAt ? undefined : momentOf(endsAt),
  }
  const changedEnd = end === before.end && end !== 'at' ? undefined : ends[end]
  return {
    startsAt: momentOf(startsAt),
    ...(changedEnd === undefined ? {} : { endsAt: changedEnd }),
    ...(reason.trim() === before.reason ? {} : { reason: reason.trim() }),
  }
}
