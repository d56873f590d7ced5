import { Fact } from '../domain/delivery/index.js'
import { rejectEntry } from '../domain/suppression/index.js'
import type { MessageRow } from '../ports/rows.js'
import { applyBundle, bundle } from './apply-bundle.js'
import type { Context } from './context.js'
import { cellsFor, domainOfKey } from './dispatch/outgoing.js'
import { find, type Stored } from './stored.js'

/** Public links of mails: whoever holds the token is the recipient. */
export interface Unsubscribes {
  /** Whose mail it was; changes nothing, so a prefetching scanner does no harm (TRK-3). null: not a token of ours. */
  find(token: string): Promise<{ readonly senderDomain: string } | null>
  /** Blocks this recipient for this sender domain (BLK-3). Repeating it changes nothing. false: not a token of ours. */
  confirm(token: string): Promise<boolean>
}

export function unsubscribesOf(ctx: Context): Unsubscribes {
  return {
    async find(token) {
      const found = await messageOf(ctx, token)
      return found && { senderDomain: found.domain.data.name }
    },
    async confirm(token) {
      const found = await messageOf(ctx, token)
      if (!found) return false
      await unsubscribe(ctx, found.message, found.domain)
      return true
    },
  }
}

async function messageOf(
  ctx: Context,
  token: string,
): Promise<{ message: MessageRow; domain: Stored<'domain'> } | null> {
  const id = ctx.tokens.read('unsubscribe', token)
  const [message] = id ? await ctx.storage.read.messages([id]) : []
  const domain = message && (await find(ctx, 'domain', message.account, message.senderDomain))
  return message && domain ? { message, domain } : null
}

async function unsubscribe(ctx: Context, message: MessageRow, domain: Stored<'domain'>): Promise<void> {
  const now = ctx.clock.now()
  const { account, recipientKey: key } = message
  const epoch = `blocks:${account}`
  const mail = { message, fresh: false, domainName: domain.data.name, recipientDomain: domainOfKey(key), run: '' }
  const event = {
    key: `${message.id}:unsubscribe`,
    message: message.id,
    account,
    kind: 'unsubscribe',
    at: now,
    detail: {},
  }
  await applyBundle(
    ctx,
    bundle([
      { type: 'epoch.bump', keys: [epoch] },
      {
        type: 'settle',
        shard: ctx.shard,
        items: [
          {
            message: message.id,
            insert: null,
            facts: Fact.unsubscribed,
            attempt: 0,
            at: now,
            bucket: message.bucket,
            reply: '',
            event,
            raw: null,
            cells: cellsFor(mail, { bucket: message.bucket, dayStart: 0, counted: false }, new Map()),
            block: null,
            work: null,
          },
        ],
      },
      {
        type: 'block.put',
        items: [rejectEntry({ account, key, senderDomain: domain.data.name, reason: 'unsubscribed', now })],
      },
    ]),
  )
  ctx.bumped([epoch])
}
