import { customHeaders } from '../../domain/callback/index.js'
import type { Instant } from '../../ports/clock.js'
import { bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { type RequestData, type Stored, typed, updateRecord } from '../stored.js'

/** A request may hold megabytes of attachments: few are read at once. */
export const REQUESTS_AT_ONCE = 25

/** A request whose content is gone. */
const EMPTIED = 'emptied'

export interface Emptied {
  readonly count: number
  /** Where to go on; null: all that are old enough have been looked at. */
  readonly cursor: string | null
}

/**
 * Takes the content out of some of the oldest requests: bodies, values, attachments, addressees. Sender, subject and the header that callbacks give back stay, because
 * they are told. A request whose mail may still be sent is left for the next time.
 */
export async function emptyRequests(ctx: Context, before: Instant, cursor: string | null): Promise<Emptied> {
  const page = await ctx.storage.read.records({
    kind: 'request',
    states: [''],
    order: 'oldest',
    limit: REQUESTS_AT_ONCE,
    ...(cursor ? { cursor } : {}),
  })
  const old = page.items.map((record) => typed<'request'>(record)).filter(({ createdAt }) => createdAt < before)
  const done = old.filter(({ data }) => isOver(data, ctx.clock.now()))
  const results = done.length > 0 ? await ctx.storage.apply(done.map((one) => bundle([emptied(one)]))) : []
  return {
    count: results.filter(({ applied }) => applied).length,
    cursor: old.length === page.items.length ? page.next : null,
  }
}

const isOver = ({ expiresAt, deferred }: RequestData, now: Instant): boolean =>
  expiresAt <= now && deferred?.asked !== false

const emptied = (request: Stored<'request'>) =>
  updateRecord(request, {
    state: EMPTIED,
    data: {
      to: [],
      cc: [],
      bcc: [],
      headers: customHeaders(request.data.headers),
      html: null,
      text: request.data.templateVersion === null ? '' : null,
      values: {},
      attachments: [],
    },
  })
