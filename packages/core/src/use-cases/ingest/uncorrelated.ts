import { quarterBucket } from '../../domain/statistics/index.js'
import type { Change } from '../../ports/changes.js'
import type { Context } from '../context.js'

/** What came back and belongs to no mail of ours is counted, of all accounts together. Repeating it counts again: it belongs under a guard. */
export const countUncorrelated = (ctx: Context, by = 1): Change => {
  const cell = {
    cube: 'sender',
    account: '',
    bucket: quarterBucket(ctx.clock.now()),
    domain: '',
    recipientDomain: '',
    template: '',
    task: '',
  } as const
  return { type: 'count', shard: ctx.shard, items: [{ cells: [cell], counter: 'uncorrelated', by }] }
}
