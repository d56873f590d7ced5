import { MailError } from '../../errors/mail-error.js'
import type { Change } from '../../ports/changes.js'
import { refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { get } from '../stored.js'
import { groupByNameOrId } from './group-lookup.js'

/**
 * Removes a group and all its rows. An import under way ends with NOT_FOUND.
 * @throws NOT_FOUND; IN_USE naming the unfinished tasks that use it (SND-4).
 */
export async function deleteGroup(ctx: Context, account: string, nameOrId: string): Promise<void> {
  const { id } = await groupByNameOrId(ctx, account, nameOrId)
  for (;;) {
    const { version, data } = await get(ctx, 'group', account, id)
    const generations = new Set([
      data.generation,
      ...data.retired,
      ...(data.importing ? [data.importing.generation] : []),
    ])
    const changes: Change[] = [
      ...[...generations].map((generation): Change => ({ type: 'recipients.drop', group: id, generation })),
      { type: 'record.drop', kind: 'group', account, id, expect: version },
    ]
    const result = await tryBundle(ctx, { guards: [{ type: 'unheld', ref: id }], changes })
    if (result.applied) return
    if (result.refusal.type === 'held') throw new MailError('IN_USE', { tasks: result.refusal.by })
    if (result.refusal.type !== 'version') throw refusalError(result.refusal)
  }
}
