import { isMailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'
import type { Work } from '../../ports/rows.js'
import { bundle, tryBundle } from '../apply-bundle.js'
import { chunkJson, chunkRef, mailJson, mailRef } from '../chunk-work.js'
import type { Context, WorkKind } from '../context.js'
import { each, find, insertRecord, type Stored, updateRecord } from '../stored.js'

/** Parked work is looked at again after this by itself: what was wrong may have been mended. */
const AGAIN_MS = 86_400_000

/** A work row that could not be worked on and is left alone, under a lease of its own. Its record's parent is the work's id. */
export interface ParkedWorkData {
  readonly work: string
  readonly kind: string
  readonly parent: string
  readonly token: string
  readonly startedThrough: number
  readonly why: string
  readonly until: Instant
}

const recordId = (work: string): string => `parked-work:${work}`

/**
 * Sets work aside: the lease that it was claimed with goes on for a day, so that nobody claims it, its row stays as it is, and what may have left
 * with it is still known (REL-2). Answers whether it was still held.
 */
export async function parkWork(ctx: Context, work: Work, why: string): Promise<boolean> {
  await forgetFreed(ctx, work.account)
  const until = ctx.clock.now() + AGAIN_MS
  const token = work.token ?? ''
  const data: ParkedWorkData = {
    work: work.id,
    kind: work.kind,
    parent: work.parent,
    token,
    startedThrough: work.startedThrough,
    why,
    until,
  }
  const before = await find(ctx, 'parked-work', work.account, recordId(work.id))
  const record = before
    ? updateRecord(before, { data })
    : insertRecord({
        kind: 'parked-work',
        account: work.account,
        id: recordId(work.id),
        parent: work.id,
        createdAt: ctx.clock.now(),
        data,
      })
  const { id, startedThrough } = work
  const lease = { type: 'work.advance', id, token, startedThrough, leaseUntil: until, watch: [] } as const
  const result = await tryBundle(ctx, bundle([lease, record], [{ type: 'holder', work: work.id, token }]))
  return result.applied
}

/** All that is parked now. Writes nothing. */
export async function* parkedWork(ctx: Context, account?: string): AsyncGenerator<Stored<'parked-work'>> {
  for await (const record of each(ctx, 'parked-work', account === undefined ? {} : { account }))
    if (await isParked(ctx, record)) yield record
}

/** Whether its lease is still that of the parking: a bundle without changes asks and does nothing. */
async function isParked(ctx: Context, { data: { work, token } }: Stored<'parked-work'>): Promise<boolean> {
  return (await tryBundle(ctx, bundle([], [{ type: 'holder', work, token }]))).applied
}

/** Lets it be claimed again at once. False: it is not parked any more, or may have left and is taken over when its lease ends. */
export async function releaseParked(ctx: Context, record: Stored<'parked-work'>): Promise<boolean> {
  const { work, token, kind } = record.data
  const doubt = await doubtOf(ctx, record.data)
  if (doubt === null) return false
  const result = await tryBundle(
    ctx,
    bundle(
      [
        { type: 'work.release', items: [{ id: work, token, dueAt: ctx.clock.now(), ...doubt }] },
        { type: 'record.drop', kind: 'parked-work', account: record.account, id: record.id },
      ],
      [{ type: 'holder', work, token }],
    ),
  )
  if (result.applied) ctx.ring(kind as WorkKind)
  return result.applied
}

/** A release forgets how far the holder had got, so the row itself has to say what may have left (REL-2). null: it cannot. */
async function doubtOf(ctx: Context, { work: id, kind, parent, startedThrough }: ParkedWorkData) {
  if (startedThrough === 0) return {}
  if (parent === '') return null
  const works = await ctx.storage.read.works({ kind, parent }).catch((error: unknown) => {
    if (isMailError(error, 'DATA_CORRUPT')) return []
    throw error
  })
  const work = works.find((one) => one.id === id)
  if (!work) return null
  if (kind !== 'chunk') return { ref: mailJson({ ...mailRef(work), mayHaveLeft: true }) }
  const ref = chunkRef(work)
  return { ref: chunkJson({ ...ref, partial: true, doubtful: Math.max(ref.doubtful, startedThrough) }) }
}

/** Records of work that somebody has taken up since. */
async function forgetFreed(ctx: Context, account: string): Promise<void> {
  for await (const record of each(ctx, 'parked-work', { account })) {
    if (record.data.until > ctx.clock.now() || (await isParked(ctx, record))) continue
    const { kind, id } = record
    await tryBundle(ctx, bundle([{ type: 'record.drop', kind, account, id, expect: record.version }]))
  }
}
