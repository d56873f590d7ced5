import type { z } from 'zod'
import { checkGroupText } from '../../domain/recipient-group/index.js'
import { applyBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { creating } from '../idempotent.js'
import { insertRecord } from '../stored.js'
import type { createGroupSchema } from './group-input.js'
import { type GroupView, groupView } from './group-view.js'

/** An empty group; its content comes by import only (GRP-1). @throws INPUT_INVALID, ALREADY_EXISTS */
export async function createGroup(
  ctx: Context,
  account: string,
  input: z.output<typeof createGroupSchema>,
): Promise<GroupView> {
  return creating(ctx, 'groups.create', account, input, async (once) => {
    checkGroupText(input)
    const now = ctx.clock.now()
    const name = input.name.trim()
    const record = {
      kind: 'group' as const,
      account,
      id: ctx.ids.next('record'),
      parent: '',
      name,
      state: 'empty' as const,
      createdAt: now,
      data: {
        name,
        description: input.description,
        variables: null,
        generation: 0,
        lanes: {},
        rows: 0,
        retired: [],
        importing: null,
      },
    }
    const answer = groupView(record)
    const put = insertRecord({ ...record, keys: [{ scope: account, key: `group:${name}` }] })
    await applyBundle(ctx, { guards: once(answer), changes: [put] })
    return answer
  })
}
