import { isSimulated } from '../../domain/delivery/index.js'
import type { Change } from '../../ports/changes.js'
import { allowanceOf, todayOf } from '../allowance.js'
import { bundle, refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { domainRefusal } from '../domains/may-send.js'
import { frequencyKey, frequencyWindow } from '../frequency.js'
import { type DeferredRefusal, find, get, type RequestData, type Stored, updateRecord } from '../stored.js'
import { domainOfKey } from './outgoing.js'

type Refusals = ReadonlyMap<string, DeferredRefusal['code']>

/**
 * Asks for a send within a caller's transaction the gates that its acceptance could not (TRG-5): one decision for the whole request, taken at the first
 * claim of any of its mails and stored with what it takes, so that a rival or a crash changes nothing. Who is refused leaves the To line (REG-2).
 */
export async function askDeferredGates(ctx: Context, asked: Stored<'request'>): Promise<Stored<'request'>> {
  let request = asked
  let refusals: Refusals = new Map()
  while (request.data.deferred?.asked === false) {
    const decision = await decide(ctx, request, refusals)
    const result = await tryBundle(ctx, bundle(decision.changes))
    if (result.applied) return { ...request, version: request.version + 1, data: decision.data }
    const { refusal } = result
    if (refusal.type === 'version') {
      request = await get(ctx, 'request', request.account, request.id)
    } else if (refusal.type === 'window-full') {
      const full = decision.mails.filter(({ frequency }) => refusal.keys.includes(frequency))
      refusals = new Map([...refusals, ...full.map(({ id }) => [id, 'FREQUENCY_LIMIT'] as const)])
    } else if (refusal.type === 'quota') {
      // A send over the limit is refused whole.
      const code = refusal.blocked ? 'DOMAIN_BLOCKED_TODAY' : 'DAILY_LIMIT'
      refusals = new Map([...decision.mails.map(({ id }) => [id, code] as const), ...refusals])
    } else throw refusalError(refusal)
  }
  return request
}

/** Why this mail of the request is not sent, if it was refused after its acceptance. */
export const deferredRefusal = ({ deferred }: RequestData, message: string): DeferredRefusal['code'] | null =>
  (deferred?.asked && deferred.refused.find((one) => one.message === message)?.code) || null

async function decide(ctx: Context, request: Stored<'request'>, known: Refusals) {
  const { account, data } = request
  const now = ctx.clock.now()
  const today = todayOf(ctx, now)
  const ids = [...data.to, ...data.cc, ...data.bcc].map(({ message }) => message)
  const rows = await ctx.storage.read.messages(ids)
  const mails = rows
    .filter(({ recipientKey }) => !isSimulated(domainOfKey(recipientKey)))
    .map(({ id, recipientKey }) => ({ id, frequency: frequencyKey(account, recipientKey) }))
  const domain = await find(ctx, 'domain', account, data.domain)
  const refusals: Refusals =
    domain && !domainRefusal(ctx, domain) ? known : new Map(ids.map((id) => [id, 'DOMAIN_NOT_VERIFIED'] as const))
  const going = mails.filter(({ id }) => !refusals.has(id))
  const staying = (all: RequestData['to']) => all.filter(({ message }) => !refusals.has(message))
  const next: RequestData = {
    ...data,
    to: staying(data.to),
    cc: staying(data.cc),
    bcc: staying(data.bcc),
    deferred: { asked: true, day: today.day, refused: [...refusals].map(([message, code]) => ({ message, code })) },
  }
  const changes: Change[] = [updateRecord(request, { data: next })]
  const turnedDown = data.deferred?.asked === false ? data.deferred.turnedDown : []
  if (turnedDown.length > 0) changes.push({ type: 'count', shard: ctx.shard, items: turnedDown })
  if (going.length > 0) {
    const { ceiling } = await allowanceOf(ctx, account, data.domain, today)
    changes.push(
      frequencyWindow(
        ctx,
        going.map(({ frequency }) => frequency),
        now,
      ),
      { type: 'quota.take', scope: data.domain, day: today.day, count: going.length, ceiling },
    )
  }
  return { changes, data: next, mails }
}
