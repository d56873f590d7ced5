import type { Verb } from '../../domain/access/index.js'
import { parseMailbox } from '../../domain/address/index.js'
import type { Context } from '../context.js'
import { creating, type Once } from '../idempotent.js'
import type { SendAnswer, SentMessage } from './send-input.js'

/** What of every kind of send counts here. */
export interface Addressed {
  readonly to: readonly string[]
  readonly cc?: readonly string[]
  readonly bcc?: readonly string[]
  readonly idempotencyKey?: string | undefined
}

/** An answer without its addresses. */
type KeptAnswer = Omit<SendAnswer, 'messages'> & { readonly messages: readonly Omit<SentMessage, 'to'>[] }

/**
 * Runs a send under its idempotency key, if it has one (ACC-4). What is kept of the answer names nobody, so that nothing is left there of a person who is
 * erased (GRP-8): whoever repeats the call brings the same addresses in the same order.
 */
export async function sendOnce(
  ctx: Context,
  verb: Verb,
  account: string,
  input: Addressed,
  call: (once: Once<SendAnswer>) => Promise<SendAnswer>,
): Promise<SendAnswer> {
  const kept = await creating<KeptAnswer>(ctx, verb, account, { ...input }, async (once) =>
    withoutAddresses(await call((answer) => once(withoutAddresses(answer)))),
  )
  const addresses = [...input.to, ...(input.cc ?? []), ...(input.bcc ?? [])]
  return {
    ...kept,
    messages: kept.messages.map(({ id, ...rest }, index) => {
      const { address } = parseMailbox(addresses[index] ?? '', ctx.policy)
      return { id, to: address.mailbox, ...rest }
    }),
  }
}

const withoutAddresses = (answer: SendAnswer): KeptAnswer => ({
  ...answer,
  messages: answer.messages.map(({ to: _, ...rest }) => rest),
})
