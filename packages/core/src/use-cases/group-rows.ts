import { isErased } from '../domain/address/index.js'
import type { RecipientRow } from '../ports/rows.js'
import type { Context } from './context.js'
import type { GroupData } from './stored.js'

const STEP = 1_000

/** All visible rows of a group but for erased people, lane by lane, a thousand at a time at most. */
export async function* groupRows(
  ctx: Pick<Context, 'storage'>,
  group: string,
  data: Pick<GroupData, 'generation' | 'lanes'>,
): AsyncGenerator<readonly RecipientRow[]> {
  for (const [lane, total] of Object.entries(data.lanes)) {
    for (let from = 0; from < total; from += STEP) {
      const rows = await ctx.storage.read.recipients({
        group,
        generation: data.generation,
        lane,
        from,
        to: Math.min(total, from + STEP),
      })
      yield rows.filter(({ mailbox }) => !isErased(mailbox))
    }
  }
}
