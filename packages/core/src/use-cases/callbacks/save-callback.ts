import type { z } from 'zod'
import type { Verb } from '../../domain/access/index.js'
import { type Compat, callbackUrl } from '../../domain/callback/index.js'
import { MailError } from '../../errors/mail-error.js'
import { bundle, refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { creating } from '../idempotent.js'
import { senderByAddressOrId } from '../senders/sender-lookup.js'
import { findByKey, insertRecord, type Stored, updateRecord } from '../stored.js'
import type { setAccountCallbackSchema, setSenderCallbackSchema } from './callback-input.js'
import type { CallbackData } from './callback-records.js'
import { type CallbackWithSecret, callbackView, type SealedAnswer, shown } from './callback-view.js'
import { callbackKey, callbacksChanged, type Endpoint, endpointsMoved } from './endpoints.js'
import { ping } from './ping.js'
import { overlapEnd, rotated, sealSecret, signingSecrets } from './secrets.js'
import { checkSecret, newSecret } from './signature.js'

/** A rival that is faster every time is told so. */
const TRIES = 5

/** The account's endpoint: made, or changed. @throws as `save` */
export const setAccountCallback = (
  ctx: Context,
  account: string,
  input: z.output<typeof setAccountCallbackSchema>,
): Promise<CallbackWithSecret> => save(ctx, 'callbacks.setAccount', account, { ...input, sender: null })

/** A sender's own endpoint. @throws NOT_FOUND for a sender that the account does not have, and as `save` */
export const setSenderCallback = (
  ctx: Context,
  account: string,
  input: z.output<typeof setSenderCallbackSchema>,
): Promise<CallbackWithSecret> => save(ctx, 'callbacks.setSender', account, input)

interface Wanted {
  readonly url: string
  readonly compat: Compat | undefined
  /** The caller's own secret. */
  readonly secret: string | null
}

/**
 * At most one per account and per sender, however many calls race: the first makes it, later ones change it (CBK-1). It is stored only if it answers a
 * signed ping, or by force (CBK-2), and is active again if it was gone. Answers the secret if there is a new one.
 * @throws INPUT_INVALID, CALLBACK_UNREACHABLE, CHANGED_MEANWHILE
 */
async function save(
  ctx: Context,
  verb: Verb,
  account: string,
  input: z.output<typeof setAccountCallbackSchema> & { readonly sender: string | null },
): Promise<CallbackWithSecret> {
  const url = callbackUrl(input.url, ctx.policy.callbackPorts)
  const secret = input.secret === undefined ? null : checkSecret(input.secret)
  const answer = await creating<SealedAnswer>(ctx, verb, account, input, async (once) => {
    let verifiedAt: number | null = null
    for (let left = TRIES; ; left -= 1) {
      const sender = input.sender === null ? null : await senderByAddressOrId(ctx, account, input.sender)
      const known = await findByKey<'callback'>(ctx, account, callbackKey(sender?.name ?? null))
      const wanted = { url, compat: input.compat, secret }
      const next = known ? changed(ctx, known, wanted) : fresh(ctx, account, sender, wanted)
      if (!input.force && verifiedAt === null) {
        await ping(ctx, url, signingSecrets(ctx, next.endpoint, ctx.clock.now()))
        verifiedAt = ctx.clock.now()
      }
      const endpoint = { ...next.endpoint, data: { ...next.endpoint.data, verifiedAt } }
      const saved = { ...callbackView(endpoint, ctx.clock.now()), sealed: next.sealed }
      const change = known
        ? updateRecord(known, { state: 'active', data: endpoint.data })
        : insertRecord({ ...endpoint, keys: [{ scope: account, key: callbackKey(sender?.name ?? null) }] })
      // A sender that is deleted just now takes no callback: both move its record.
      const held = known || !sender ? [] : [updateRecord(sender, {})]
      const result = await tryBundle(ctx, bundle([change, ...held, endpointsMoved], once(saved)))
      if (result.applied) return saved
      const rival = ['version', 'absent', 'key-taken'].includes(result.refusal.type)
      if (!rival) throw refusalError(result.refusal)
      if (left === 1) throw new MailError('CHANGED_MEANWHILE', {})
    }
  })
  callbacksChanged(ctx, account)
  return shown(ctx, account, answer)
}

interface Next {
  readonly endpoint: Endpoint
  /** The new secret, if there is one. */
  readonly sealed: string | null
}

function fresh(ctx: Context, account: string, sender: Stored<'sender'> | null, { url, compat, secret }: Wanted): Next {
  const id = ctx.ids.next('record')
  const now = ctx.clock.now()
  const sealed = sealSecret(ctx, { account, id }, secret ?? newSecret((length) => ctx.ids.bytes(length)))
  const data: CallbackData = {
    url,
    sender: sender && { key: sender.name, address: sender.data.address },
    compat: compat ?? 'none',
    secrets: [{ sealed, until: null }],
    verifiedAt: null,
    changedAt: now,
    goneAt: null,
  }
  const record = {
    kind: 'callback',
    account,
    id,
    version: 0,
    parent: sender?.id ?? '',
    name: sender?.name ?? '',
  } as const
  return { endpoint: { ...record, state: 'active', createdAt: now, data }, sealed }
}

function changed(ctx: Context, known: Endpoint, { url, compat, secret }: Wanted): Next {
  const now = ctx.clock.now()
  const sealed = secret === null ? null : sealSecret(ctx, known, secret)
  const secrets = sealed === null ? known.data.secrets : rotated(known.data.secrets, sealed, now, overlapEnd(ctx, now))
  const data = { ...known.data, url, compat: compat ?? known.data.compat, secrets, changedAt: now, goneAt: null }
  return { endpoint: { ...known, state: 'active', data }, sealed }
}
