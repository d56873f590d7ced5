import type { Change } from '../../ports/changes.js'
import { bundle, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { find, updateRecord } from '../stored.js'

/**
 * Removes rows that have been replaced, once no unfinished task uses the group: a task holds it from its creation on, so none can
 * come to read them later. Does nothing while one does; the next import asks again.
 */
export async function dropRetired(ctx: Context, account: string, id: string): Promise<void> {
  const group = await find(ctx, 'group', account, id)
  if (!group || group.data.retired.length === 0 || group.data.importing) return
  const drops = group.data.retired.map((generation): Change => ({ type: 'recipients.drop', group: id, generation }))
  await tryBundle(
    ctx,
    bundle([...drops, updateRecord(group, { data: { retired: [] } })], [{ type: 'unheld', ref: id }]),
  )
}
