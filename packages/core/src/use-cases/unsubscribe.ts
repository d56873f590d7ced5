import { z } from 'zod'
import { isErased } from '../domain/address/index.js'
import { Fact } from '../domain/delivery/index.js'
import { isActive, rejectEntry } from '../domain/suppression/index.js'
import { isMailError } from '../errors/mail-error.js'
import type { Change } from '../ports/changes.js'
import type { BlockRow } from '../ports/rows.js'
import { applyBundle, bundle } from './apply-bundle.js'
import { blocksEpoch, epochOf, liftReject } from './blocklist/index.js'
import type { Context } from './context.js'
import { arrivalWork, type EarlyUnsubscribe } from './ingest/arrivals.js'
import { parseInput } from './parse-input.js'
import { type KnownMail, recordEvents } from './record-event.js'
import type { Reader, ReadUnsubscribe } from './tokens.js'

/** How it was asked for: by the button of the page, or by the reader's program (RFC 8058). */
export const unsubscribeInputSchema = z.strictObject({ via: z.enum(['page', 'one-click']).default('page') })
export type UnsubscribeInput = Readonly<z.input<typeof unsubscribeInputSchema>>

export interface UnsubscribePage {
  readonly senderDomain: string
  /** Nothing more is sent to this recipient from this domain. */
  readonly unsubscribed: boolean
}

/** Public links of mails: whoever holds the token is the recipient. They work before their mail is stored and after it has been removed. */
export interface Unsubscribes {
  /** What the page shows; changes nothing, so a prefetching scanner does no harm (TRK-3). null: not a token of ours, or too old. */
  find(token: string): Promise<UnsubscribePage | null>
  /**
   * Blocks this recipient, and nobody else, for this sender domain (BLK-3), and mail to him in flight (REL-5). The page's button and the POST of RFC 8058 alike.
   * Repeating it changes nothing. false: not a token of ours, or too old.
   */
  confirm(token: string, how?: UnsubscribeInput): Promise<boolean>
  /** Lifts the block of this recipient for this sender domain, and records that he asked for it. Repeating it changes nothing. false: as above. */
  resubscribe(token: string): Promise<boolean>
}

export function unsubscribesOf(ctx: Context): Unsubscribes {
  const read = (token: string) => ctx.tokens.readUnsubscribe(token, ctx.clock.now())
  return {
    async find(token) {
      const said = read(token)
      if (!said) return null
      return { senderDomain: said.reader.senderDomain, unsubscribed: (await rejectOf(ctx, said.reader)) !== null }
    },
    async confirm(token, how = {}) {
      const { via } = parseInput(unsubscribeInputSchema, how)
      const said = read(token)
      if (said) await unsubscribe(ctx, said, { at: ctx.clock.now(), via })
      return said !== null
    },
    async resubscribe(token) {
      const said = read(token)
      if (said) await resubscribe(ctx, said)
      return said !== null
    },
  }
}

type How = Omit<EarlyUnsubscribe, 'kind'>

/** A mail is stored soon after its recipient has it. Tokens older than any mail can be on its way belong to mail that is gone. */
const GRACE_MS = 2 * 86_400_000

/** The block holds at once, whether its mail is stored or not; what the mail's timeline and the statistics say of it may follow. */
async function unsubscribe(ctx: Context, said: ReadUnsubscribe, how: How): Promise<void> {
  const { account, senderDomain, recipient: key } = said.reader
  const [entry, mail] = await Promise.all([rejectOf(ctx, said.reader), mailOf(ctx, said)])
  // An entry that is there already stays as it is, with the reason it was made for.
  const block: Change = {
    type: 'block.put',
    items: [rejectEntry({ account, key, senderDomain, reason: 'unsubscribed', now: how.at })],
  }
  const changes = entry ? [] : [block, epochOf(account)]
  if (typeof mail === 'object') {
    const again = (mail.message.facts & Fact.unsubscribed) !== 0
    // Who has come back may leave again by the same mail.
    if (!entry || !again) await recordUnsubscribe(ctx, mail, again ? `:${how.at}` : '', how, changes)
  } else {
    const mayCome = ctx.clock.now() < said.issuedAt + ctx.policy.validForSeconds * 1_000 + GRACE_MS
    const arrival: EarlyUnsubscribe = { kind: 'unsubscribe', ...how }
    const work = arrivalWork(`${said.message}:unsubscribe`, said.message, arrival, how.at)
    const later: Change[] = mail === 'absent' && mayCome ? [{ type: 'work.put', items: [work] }] : []
    await applyBundle(ctx, bundle([...changes, ...later]))
    if (later.length > 0) ctx.ring('track')
  }
  if (!entry) ctx.bumped([blocksEpoch(account)])
}

/** That its reader has unsubscribed by this mail: its facts, its timeline, the counts, the callbacks. The block is a matter of its own. */
export async function recordUnsubscribe(
  ctx: Context,
  { message, domainName }: KnownMail,
  time: string,
  { at, via }: How,
  also: readonly Change[],
): Promise<void> {
  await recordEvents(
    ctx,
    [
      {
        message,
        domainName,
        key: `${message.id}:unsubscribe${time}`,
        kind: 'unsubscribe',
        at,
        facts: Fact.unsubscribed,
        raw: null,
        detail: { via },
        block: null,
        notice: 'unsubscribe',
      },
    ],
    also,
  )
}

/** 'absent': not stored, or no longer. 'erased': of a person of whom nothing more is recorded. */
async function mailOf(
  ctx: Context,
  { message: id, reader }: ReadUnsubscribe,
): Promise<KnownMail | 'absent' | 'erased'> {
  const [message] = await ctx.storage.read.messages([id])
  if (!message) return 'absent'
  return isErased(message.mailbox) ? 'erased' : { message, domainName: reader.senderDomain }
}

/** The entry that blocks this recipient for this domain, or null. */
async function rejectOf(ctx: Context, { account, senderDomain, recipient: key }: Reader): Promise<BlockRow | null> {
  const now = ctx.clock.now()
  const rows = await ctx.storage.read.blocks([key])
  const own = rows.find((row) => row.kind === 'reject' && row.account === account && row.scope === senderDomain)
  return own && isActive(own, now) ? own : null
}

/** Lifted first: should the process end in between, the lift tells the reason all the same. */
async function resubscribe(ctx: Context, said: ReadUnsubscribe): Promise<void> {
  const entry = await rejectOf(ctx, said.reader)
  if (!entry) return
  const { account, key, scope: senderDomain } = entry
  try {
    await liftReject(ctx, { account, key, senderDomain, reason: 're-subscribed' })
  } catch (error) {
    // A rival has lifted it.
    if (isMailError(error, 'NOT_FOUND')) return
    throw error
  }
  const mail = await mailOf(ctx, said)
  if (typeof mail !== 'object') return
  const at = ctx.clock.now()
  await recordEvents(ctx, [
    {
      ...mail,
      key: `${mail.message.id}:resubscribe:${at}`,
      kind: 'resubscribe',
      at,
      facts: 0,
      raw: null,
      detail: { lifted: entry.reason },
      block: null,
      notice: null,
    },
  ])
}
