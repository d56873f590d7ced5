import type { z } from 'zod'
import { checkDisplayName, parseAddress } from '../../domain/address/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Change, Refusal } from '../../ports/changes.js'
import { applyBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { creating } from '../idempotent.js'
import { findByKey, insertRecord } from '../stored.js'
import type { createSenderSchema } from './sender-input.js'
import { type SenderView, senderView } from './sender-view.js'

export const senderSlot = (domain: string): string => `senders:${domain}`

/**
 * Adds an address to a verified domain. However many calls race, a domain never has more than `policy.sendersPerDomain` (SND-1) nor the same
 * address twice (SND-3). From then on it holds its domain, which cannot be deleted under it (DOM-7).
 * @throws ADDRESS_INVALID, SENDER_NAME_INVALID, DOMAIN_NOT_VERIFIED, DOMAIN_LOST, LIMIT_REACHED, ALREADY_EXISTS
 */
export async function createSender(
  ctx: Context,
  account: string,
  input: z.output<typeof createSenderSchema>,
): Promise<SenderView> {
  return creating(ctx, 'senders.create', account, input, async (once) => {
    const address = parseAddress(input.address, ctx.policy)
    if (input.name !== undefined) checkDisplayName(input.name)
    const domain = await findByKey<'domain'>(ctx, account, `domain:${address.domain}`)
    if (!domain) throw new MailError('DOMAIN_NOT_VERIFIED', { field: 'address', reason: 'no-such-domain' })
    if (domain.state === 'lost') throw new MailError('DOMAIN_LOST', { field: 'address', domain: domain.id })
    if (domain.state !== 'verified') throw new MailError('DOMAIN_NOT_VERIFIED', { field: 'address', domain: domain.id })
    const now = ctx.clock.now()
    const record = {
      kind: 'sender' as const,
      account,
      id: ctx.ids.next('record'),
      parent: domain.id,
      name: address.key,
      createdAt: now,
      data: { address: address.mailbox, name: input.name?.trim() || null, domain: domain.id },
    }
    const changes: Change[] = [
      insertRecord({ ...record, keys: [{ scope: account, key: `sender:${address.key}` }] }),
      { type: 'slot', key: senderSlot(domain.id), by: 1, limit: ctx.policy.sendersPerDomain },
      { type: 'hold', kind: 'domain', account, ref: domain.id, by: record.id, on: true },
    ]
    const answer = senderView(record)
    const present = { type: 'present', kind: 'domain', account, id: domain.id } as const
    await applyBundle(ctx, { guards: [...once(answer), present], changes }, goneMeanwhile)
    return answer
  })
}

const goneMeanwhile = (refusal: Refusal) => (refusal.type === 'absent' ? 'DOMAIN_NOT_VERIFIED' : undefined)
