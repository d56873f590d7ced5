import type { z } from 'zod'
import { parseHostName } from '../../domain/address/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'
import type { BlockRow } from '../../ports/rows.js'
import { applyBundle, bundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import type { PageOf } from '../page-input.js'
import { each, insertRecord, typed } from '../stored.js'
import { addressKeys } from './block-keys.js'
import { blockPage } from './block-pages.js'
import { blocksEpoch, epochOf } from './block-writes.js'
import type { liftSchema, listLiftsSchema, listRejectsSchema } from './reject-input.js'

/** An address that one of the account's sender domains may not write to (BLK-3). */
export interface RejectedView {
  readonly address: string
  readonly senderDomain: string
  readonly reason: string
  readonly at: Instant
}

/** A reject block that was lifted: by whom the reason says. */
export interface LiftedView extends RejectedView {
  /** Why it was lifted. */
  readonly liftedFor: string
  readonly liftedAt: Instant
}

const viewOf = ({ key: address, scope: senderDomain, reason, startsAt: at }: BlockRow): RejectedView => ({
  address,
  senderDomain,
  reason,
  at,
})

/** In order of address. */
export function listRejects(
  ctx: Context,
  account: string,
  { senderDomain, contains, ...page }: z.output<typeof listRejectsSchema>,
): Promise<PageOf<RejectedView>> {
  const scope = senderDomain === undefined ? undefined : parseHostName(senderDomain).ascii
  return blockPage(ctx, { kind: 'reject', account, scope, contains: contains?.toLowerCase(), ...page }, viewOf)
}

/** A reject block as it is lifted: the change, and the record of why. */
export interface Lift {
  readonly account: string
  readonly key: string
  readonly senderDomain: string
  readonly reason: string
}

/**
 * Lifts the block of one address for one sender domain; the reason is kept (BLK-3). Two calls at once lift once. @throws NOT_FOUND when there is none.
 */
export async function liftReject(ctx: Context, { account, key, senderDomain, reason }: Lift): Promise<void> {
  const now = ctx.clock.now()
  // Before the block is read: a rival that lifts it in between has taken either the block or the number.
  let before = 0
  for await (const { data } of each(ctx, 'lift', { account, name: key }))
    if (data.senderDomain === senderDomain) before += 1
  const rows = await ctx.storage.read.blocks([key])
  const row = rows.find((one) => one.kind === 'reject' && one.account === account && one.scope === senderDomain)
  if (!row) throw new MailError('NOT_FOUND', { kind: 'reject' })
  const lift = insertRecord({
    kind: 'lift',
    account,
    id: ctx.ids.next('record'),
    name: key,
    createdAt: now,
    data: { address: key, senderDomain, reason, blockedFor: row.reason, blockedAt: row.startsAt },
    // One lift for each block: a rival that lifts the same one is told that there is none left. An import can put a block again that was lifted.
    keys: [{ scope: account, key: `lift:${key}:${senderDomain}:${row.createdAt}:${before}` }],
  })
  const drop = { type: 'block.drop', items: [{ kind: 'reject', account, scope: senderDomain, key }] } as const
  await applyBundle(ctx, bundle([lift, drop, epochOf(account)]), ({ type }) =>
    type === 'key-taken' ? new MailError('NOT_FOUND', { kind: 'reject' }) : undefined,
  )
  ctx.bumped([blocksEpoch(account)])
}

/** The operator's own act. @throws ADDRESS_INVALID, DOMAIN_NAME_INVALID, NOT_FOUND */
export async function liftByHand(ctx: Context, account: string, input: z.output<typeof liftSchema>): Promise<void> {
  const [key = ''] = addressKeys([input.address], 'address')
  const { ascii: senderDomain } = parseHostName(input.senderDomain)
  await liftReject(ctx, { account, key, senderDomain, reason: input.reason })
}

/** Newest first. */
export async function listLifts(
  ctx: Context,
  account: string,
  { cursor, limit, address }: z.output<typeof listLiftsSchema>,
): Promise<PageOf<LiftedView>> {
  const [name] = address === undefined ? [] : addressKeys([address], 'address')
  const page = await ctx.storage.read.records({
    kind: 'lift',
    account,
    order: 'newest',
    limit,
    ...(name === undefined ? {} : { name }),
    ...(cursor === undefined ? {} : { cursor }),
  })
  const items = page.items.map((record): LiftedView => {
    const { data, createdAt: liftedAt } = typed<'lift'>(record)
    const { address, senderDomain, reason: liftedFor, blockedFor: reason, blockedAt: at } = data
    return { address, senderDomain, reason, at, liftedFor, liftedAt }
  })
  return { items, next: page.next }
}
