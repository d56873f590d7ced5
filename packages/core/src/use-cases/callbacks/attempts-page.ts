import type { z } from 'zod'
import type { CallbackEvent } from '../../domain/callback/index.js'
import type { Instant } from '../../ports/clock.js'
import type { StoredRecord } from '../../ports/rows.js'
import type { Context } from '../context.js'
import type { PageOf } from '../page-input.js'
import { typed } from '../stored.js'
import type { attemptsSchema } from './callback-input.js'
import type { NotTold } from './callback-records.js'
import { flatPage, type Line } from './flat-page.js'
import { webhookId } from './webhook-id.js'

/** One POST; or one event that is no longer tried by itself. */
export interface AttemptView {
  /** Of this line. `callbacks.replay` takes that of a parked event. */
  readonly id: string
  readonly state: 'told' | 'failed' | 'parked'
  /** Id of the endpoint. */
  readonly callback: string
  /** The header `webhook-id`, by which a receiver knows the event. */
  readonly webhookId: string
  readonly event: CallbackEvent
  /** Id of its message. */
  readonly message: string
  /** When it was posted; of a parked event, when it was parked. */
  readonly at: Instant
  /** Number of the attempt; of a parked event, how many were made. */
  readonly attempt: number
  readonly tookMs: number | null
  /** `status 500`, `timeout`, `connect: ECONNREFUSED`, `no endpoint` and the like; null: it was told. */
  readonly why: NotTold | null
}

type AttemptsFilter = z.output<typeof attemptsSchema>

/** Newest first. */
export function attemptsPage(ctx: Context, account: string, filter: AttemptsFilter): Promise<PageOf<AttemptView>> {
  const { callback, state, message } = filter
  const parked = state === 'parked'
  const matches = (line: Line<AttemptView>) =>
    (state === undefined || line.view.state === state) && (message === undefined || line.view.message === message)
  return flatPage(
    filter,
    (page) =>
      ctx.storage.read.records({
        ...page,
        kind: parked ? 'parked-callbacks' : 'callback-attempts',
        account,
        order: 'newest',
        ...(callback === undefined ? {} : { parent: callback }),
        ...(state === 'failed' ? { states: ['failed'] } : {}),
      }),
    (record) => (parked ? parkedLines(record) : attemptLines(record)).filter(matches),
  )
}

const lineId = (record: string, n: number): string => `${record}.${n}`

/** The record and number in the id of a line; null for anything else. */
export function readLineId(id: string): { readonly record: string; readonly n: number } | null {
  const parts = /^(.{1,100})\.(\d{1,6})$/.exec(id)
  return parts ? { record: parts[1] ?? '', n: Number(parts[2]) } : null
}

const attemptLines = (record: StoredRecord): readonly Line<AttemptView>[] =>
  typed<'callback-attempts'>(record).data.entries.map((entry, n) => ({
    n,
    view: {
      id: lineId(record.id, n),
      state: entry.why === null ? 'told' : 'failed',
      callback: record.parent,
      ...entry,
    },
  }))

const parkedLines = (record: StoredRecord): readonly Line<AttemptView>[] =>
  typed<'parked-callbacks'>(record).data.parts.map(({ n, key, event, message, tries, why }) => ({
    n,
    view: {
      id: lineId(record.id, n),
      state: 'parked',
      callback: record.parent,
      webhookId: webhookId(record.parent, key),
      event,
      message,
      at: record.createdAt,
      attempt: tries,
      tookMs: null,
      why,
    },
  }))
