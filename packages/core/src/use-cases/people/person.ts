import { z } from 'zod'
import { addressKey, parseAddress } from '../../domain/address/index.js'
import type { Instant } from '../../ports/clock.js'
import type { MessageRow } from '../../ports/rows.js'
import type { Context } from '../context.js'
import { each, type Stored } from '../stored.js'

export const personSchema = z.strictObject({ address: z.string() })

/** One address of one account: what people are known by. */
export interface Person {
  readonly account: string
  readonly key: string
}

export const personOf = (ctx: Context, account: string, address: string): Person => ({
  account,
  key: addressKey(parseAddress(address, ctx.policy)),
})

/** Moves when somebody of the account is erased. */
export const peopleEpoch = (account: string): string => `people:${account}`

export interface KnownIn {
  readonly group: Stored<'group'>
  readonly generation: number
}

/** The groups' generations that have the person, those that running tasks still read and one being imported among them. */
export async function* generationsOf(ctx: Context, { account, key }: Person): AsyncGenerator<KnownIn> {
  for await (const group of each(ctx, 'group', { account })) {
    const { generation, retired, importing } = group.data
    const all = new Set([generation, ...retired, ...(importing ? [importing.generation] : [])])
    for (const one of all) {
      const known = await ctx.storage.read.knownKeys({ group: group.id, generation: one, keys: [key] })
      if (known.length > 0) yield { group, generation: one }
    }
  }
}

const STEP = 200

/** All messages to the person, or those accepted before an instant; newest first, page by page. */
export async function* messagesTo(
  ctx: Context,
  { account, key }: Person,
  before?: Instant,
): AsyncGenerator<readonly MessageRow[]> {
  let cursor: string | undefined
  do {
    const page = await ctx.storage.read.messagesPage({
      account,
      recipientKey: key,
      limit: STEP,
      ...(before === undefined ? {} : { to: before }),
      ...(cursor ? { cursor } : {}),
    })
    yield page.items
    cursor = page.next ?? undefined
  } while (cursor)
}
