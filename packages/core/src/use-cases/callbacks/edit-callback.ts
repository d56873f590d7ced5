import type { z } from 'zod'
import { applyBundle, bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { creating } from '../idempotent.js'
import { get, updateRecord } from '../stored.js'
import type { enableCallbackSchema, rotateSecretSchema } from './callback-input.js'
import { type CallbackView, type CallbackWithSecret, callbackView, type SealedAnswer, shown } from './callback-view.js'
import { callbacksChanged, endpointsMoved } from './endpoints.js'
import { ping } from './ping.js'
import { overlapEnd, rotated, sealSecret, signingSecrets } from './secrets.js'
import { checkSecret, newSecret } from './signature.js'

/** Events that wait for it go to what is set when they are tried next, or are parked (CBK-1). @throws NOT_FOUND */
export async function deleteCallback(ctx: Context, account: string, id: string): Promise<void> {
  await applyBundle(ctx, bundle([{ type: 'record.drop', kind: 'callback', account, id }, endpointsMoved]))
  callbacksChanged(ctx, account)
}

/** A new secret; the former one signs beside it until the overlap is over. @throws NOT_FOUND, INPUT_INVALID, CHANGED_MEANWHILE */
export async function rotateSecret(
  ctx: Context,
  account: string,
  input: z.output<typeof rotateSecretSchema>,
): Promise<CallbackWithSecret> {
  const secret = input.secret === undefined ? newSecret((length) => ctx.ids.bytes(length)) : checkSecret(input.secret)
  const answer = await creating<SealedAnswer>(ctx, 'callbacks.rotateSecret', account, input, async (once) => {
    const known = await get(ctx, 'callback', account, input.id)
    const now = ctx.clock.now()
    const sealed = sealSecret(ctx, known, secret)
    const until = overlapEnd(ctx, now, input.overlapHours)
    const data = { ...known.data, secrets: rotated(known.data.secrets, sealed, now, until), changedAt: now }
    const saved = { ...callbackView({ ...known, data }, now), sealed }
    await applyBundle(ctx, bundle([updateRecord(known, { data }), endpointsMoved], once(saved)))
    return saved
  })
  callbacksChanged(ctx, account)
  return shown(ctx, account, answer)
}

/**
 * Takes up an endpoint that was gone, if it answers a signed ping, or by force; for one that is active it is a test. What was parked meanwhile waits to be
 * replayed. @throws NOT_FOUND, CALLBACK_UNREACHABLE, CHANGED_MEANWHILE
 */
export async function enableCallback(
  ctx: Context,
  account: string,
  { id, force }: z.output<typeof enableCallbackSchema>,
): Promise<CallbackView> {
  const known = await get(ctx, 'callback', account, id)
  if (!force) await ping(ctx, known.data.url, signingSecrets(ctx, known, ctx.clock.now()))
  const now = ctx.clock.now()
  const data = { ...known.data, goneAt: null, verifiedAt: force ? known.data.verifiedAt : now }
  await applyBundle(ctx, bundle([updateRecord(known, { state: 'active', data }), endpointsMoved]))
  callbacksChanged(ctx, account)
  return callbackView({ ...known, state: 'active', data }, now)
}
