import type { z } from 'zod'
import { MailError } from '../../errors/mail-error.js'
import type { Change } from '../../ports/changes.js'
import { bundle, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { instantsOf } from '../moment-input.js'
import { each, find, type Stored, updateRecord } from '../stored.js'
import { readLineId } from './attempts-page.js'
import type { replaySchema } from './callback-input.js'
import { type ParkedPart, partsJson } from './callback-records.js'
import { callbackWork } from './callback-work.js'
import { type Endpoint, endpointOf, endpointsNow } from './endpoints.js'

export interface Replay {
  /** Events that are tried again from now on, for another 72 hours. */
  readonly replayed: number
  /** Events that stay parked: nobody is set for them, or the endpoint is gone. */
  readonly left: number
}

/** A rival that takes from the same record each time is told so. */
const TRIES = 5

type Wanted = (part: ParkedPart) => boolean

/**
 * Tells parked events again, under the ids they had: one, or all that happened within a time. Each goes to the endpoint that is set for its sender now. Each
 * record is taken up in one bundle, so that a call that is cut off or repeated loses and doubles nothing. @throws NOT_FOUND, CHANGED_MEANWHILE
 */
export async function replayParked(
  ctx: Context,
  account: string,
  input: z.output<typeof replaySchema>,
): Promise<Replay> {
  const endpoints = await endpointsNow(ctx, account)
  const sum =
    'id' in input
      ? await replayOne(ctx, account, input.id, endpoints)
      : await replayRange(ctx, account, instantsOf(input, ['from', 'to'], ctx.policy.timeZone), endpoints)
  if (sum.replayed > 0) ctx.ring('callback')
  return sum
}

async function replayOne(ctx: Context, account: string, id: string, endpoints: readonly Endpoint[]): Promise<Replay> {
  const line = readLineId(id)
  const sum = line
    ? await replayFrom(ctx, account, line.record, endpoints, ({ n }) => n === line.n)
    : { replayed: 0, left: 0 }
  if (sum.replayed + sum.left === 0) throw new MailError('NOT_FOUND', { kind: 'parked callback' })
  return sum
}

async function replayRange(
  ctx: Context,
  account: string,
  { from, to, callback }: { readonly from: number; readonly to: number; readonly callback?: string | undefined },
  endpoints: readonly Endpoint[],
): Promise<Replay> {
  const started = ctx.clock.now()
  let sum: Replay = { replayed: 0, left: 0 }
  const filter = { account, ...(callback === undefined ? {} : { parent: callback }) }
  for await (const { id, createdAt } of each(ctx, 'parked-callbacks', filter)) {
    // What is parked again meanwhile is not taken up a second time.
    if (createdAt > started) break
    const one = await replayFrom(ctx, account, id, endpoints, ({ at }) => at >= from && at < to)
    sum = { replayed: sum.replayed + one.replayed, left: sum.left + one.left }
  }
  return sum
}

async function replayFrom(
  ctx: Context,
  account: string,
  id: string,
  endpoints: readonly Endpoint[],
  wanted: Wanted,
): Promise<Replay> {
  for (let left = TRIES; left > 0; left -= 1) {
    const record = await find(ctx, 'parked-callbacks', account, id)
    if (!record) break
    const taken = takeUp(ctx, record, endpoints, wanted)
    const { replayed, stay, changes } = taken
    if (replayed === 0) return { replayed, left: stay }
    if ((await tryBundle(ctx, bundle(changes))).applied) return { replayed, left: stay }
    if (left === 1) throw new MailError('CHANGED_MEANWHILE', {})
  }
  return { replayed: 0, left: 0 }
}

/** What is wanted of a record and has somebody to be told to becomes work; the rest stays. */
function takeUp(ctx: Context, record: Stored<'parked-callbacks'>, endpoints: readonly Endpoint[], wanted: Wanted) {
  const now = ctx.clock.now()
  const rows = new Map<string, ParkedPart[]>()
  const kept: ParkedPart[] = []
  let stay = 0
  for (const part of record.data.parts) {
    const endpoint = wanted(part) ? endpointOf(ctx, endpoints, part.from) : null
    if (endpoint?.state === 'active') rows.set(endpoint.id, [...(rows.get(endpoint.id) ?? []), part])
    else {
      kept.push(part)
      if (wanted(part)) stay += 1
    }
  }
  const items = [...rows].map(([endpoint, parts]) =>
    callbackWork({
      key: ctx.ids.next('work'),
      account: record.account,
      endpoint,
      dueAt: now,
      ref: partsJson(parts.map(({ n: _n, why: _why, ...part }) => ({ ...part, since: now, tries: 0 }))),
    }),
  )
  const drop = { type: 'record.drop', kind: record.kind, account: record.account, id: record.id } as const
  const change: Change =
    kept.length === 0 ? { ...drop, expect: record.version } : updateRecord(record, { data: { parts: kept } })
  return {
    replayed: record.data.parts.length - kept.length,
    stay,
    changes: [change, { type: 'work.put', items }] as const,
  }
}
