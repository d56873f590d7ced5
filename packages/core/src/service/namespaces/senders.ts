import type { Context } from '../../use-cases/context.js'
import { domainByNameOrId, refSchema } from '../../use-cases/domains/index.js'
import type { PageOf } from '../../use-cases/page-input.js'
import { parseInput } from '../../use-cases/parse-input.js'
import {
  type CreateSenderInput,
  createSender,
  createSenderSchema,
  deleteSender,
  type ListSendersInput,
  listSendersSchema,
  type SenderView,
  senderView,
} from '../../use-cases/senders/index.js'
import { typed } from '../../use-cases/stored.js'

export interface SendersNamespace {
  create(input: CreateSenderInput): Promise<SenderView>
  /** Newest first; of one domain or of all. */
  list(input?: ListSendersInput): Promise<PageOf<SenderView>>
  /** @throws IN_USE (SND-4) */
  delete(addressOrId: string): Promise<void>
}

export function sendersOf(ctx: Context, account: string): SendersNamespace {
  return {
    create: async (input) => createSender(ctx, account, parseInput(createSenderSchema, input)),
    async list(input = {}) {
      const { cursor, limit, domain } = parseInput(listSendersSchema, input)
      const parent = domain === undefined ? undefined : (await domainByNameOrId(ctx, account, domain)).id
      const page = await ctx.storage.read.records({
        kind: 'sender',
        account,
        order: 'newest',
        limit,
        ...(cursor ? { cursor } : {}),
        ...(parent === undefined ? {} : { parent }),
      })
      return { items: page.items.map((row) => senderView(typed<'sender'>(row))), next: page.next }
    },
    delete: async (addressOrId) => deleteSender(ctx, account, parseInput(refSchema, addressOrId)),
  }
}
