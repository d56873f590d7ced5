import type { Tags } from '../../domain/tags/index.js'
import { refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { get, updateRecord } from '../stored.js'
import { tagsOf } from '../tags-input.js'

/** Replaces all tags of a task, whatever its state (DIP-4). @throws NOT_FOUND, INPUT_INVALID */
export async function setTaskTags(ctx: Context, account: string, id: string, given: Tags): Promise<void> {
  const tags = tagsOf(ctx, given)
  for (;;) {
    const task = await get(ctx, 'task', account, id)
    const result = await tryBundle(ctx, { guards: [], changes: [updateRecord(task, { data: { tags } })] })
    if (result.applied) return
    if (result.refusal.type !== 'version') throw refusalError(result.refusal)
  }
}
