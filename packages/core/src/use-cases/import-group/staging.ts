import { MailError } from '../../errors/mail-error.js'
import type { Change, Guard } from '../../ports/changes.js'
import type { RecipientRow } from '../../ports/rows.js'
import { applyBundle, bundle, refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { type GroupData, get, type Stored, updateRecord } from '../stored.js'
import { restingState } from './group-view.js'

const LEASE_MS = 10 * 60_000

/** The right to add rows to a group that nobody sees before they are published. One at a time holds it (GRP-6). */
export interface Staging {
  /** The group as it was when the import began. */
  readonly group: Stored<'group'>
  readonly generation: number
  /** How many rows of a lane stay in front of the new ones. */
  readonly lanes: Readonly<Record<string, number>>
  /** Several may be under way at once, in any order. */
  append(rows: readonly RecipientRow[]): Promise<void>
  /** Makes all rows visible in one guarded change. */
  publish(data: Pick<GroupData, 'variables' | 'lanes' | 'rows' | 'retired'>, guards: readonly Guard[]): Promise<void>
  /** Takes everything back; the group is as before. */
  abandon(): Promise<void>
}

/**
 * Begins an import. One that died without a word is taken over after 10 minutes, and its rows go. Whoever was taken over can add nothing more,
 * because each of its writes is guarded by the version it began with.
 * @throws GROUP_NOT_READY while another import is under way, naming the state.
 */
export async function beginStaging(
  ctx: Context,
  account: string,
  id: string,
  mode: 'append' | 'replace',
): Promise<Staging> {
  for (;;) {
    const now = ctx.clock.now()
    const group = await get(ctx, 'group', account, id)
    const { importing, generation, retired } = group.data
    if (importing && importing.until > now) {
      throw new MailError('GROUP_NOT_READY', { group: id, state: group.state, until: importing.until })
    }
    const next = Math.max(generation, importing?.generation ?? 0, ...retired) + 1
    const claim = {
      id: ctx.ids.next('token'),
      generation: mode === 'append' ? generation : next,
      until: now + LEASE_MS,
    }
    const put = updateRecord(group, { state: 'importing', data: { importing: claim } })
    const result = await tryBundle(ctx, bundle([...dropStaged(group), put]))
    if (result.applied) return staging(ctx, group, { ...group, ...claimedBy(group, claim) }, mode === 'append')
    if (result.refusal.type !== 'version') throw refusalError(result.refusal)
  }
}

/** The record as the claim has left it: one version on. */
const claimedBy = ({ version, data }: Stored<'group'>, importing: NonNullable<GroupData['importing']>) => ({
  version: version + 1,
  state: 'importing' as const,
  data: { ...data, importing },
})

function staging(ctx: Context, before: Stored<'group'>, claimed: Stored<'group'>, append: boolean): Staging {
  const { id, account } = claimed
  const generation = claimed.data.importing?.generation ?? claimed.data.generation
  let held = claimed
  const own = (): readonly Guard[] => [{ type: 'present', kind: 'group', account, id, version: held.version }]
  /** All that is being written: under a renewed right it would count as somebody else's. */
  let writes: Promise<unknown> = Promise.resolve()
  let turn: Promise<void> = Promise.resolve()
  const renewed = async (): Promise<void> => {
    const { importing } = held.data
    if (!importing || importing.until - ctx.clock.now() > LEASE_MS / 2) return
    await writes
    const longer = { ...importing, until: ctx.clock.now() + LEASE_MS }
    await applyBundle(ctx, bundle([updateRecord(held, { data: { importing: longer } })]))
    held = { ...held, ...claimedBy(held, longer) }
  }
  const write = async (rows: readonly RecipientRow[]): Promise<void> => {
    if (rows.length === 0) return
    await applyBundle(ctx, bundle([{ type: 'recipients.append', group: id, generation, rows }], own()))
  }
  return {
    group: before,
    generation,
    lanes: append ? before.data.lanes : {},
    async append(rows) {
      turn = turn.then(renewed)
      await turn
      const written = write(rows)
      writes = Promise.allSettled([writes, written]).then(() => {})
      await written
    },
    async publish(data, guards) {
      const next = { ...data, generation, importing: null }
      const state = restingState({ data: { ...held.data, ...next } })
      await applyBundle(ctx, bundle([updateRecord(held, { state, data: next })], guards))
    },
    async abandon() {
      const back = updateRecord(held, { state: restingState(held), data: { importing: null } })
      // Refused if somebody else has taken over: then the rows are gone already.
      await tryBundle(ctx, bundle([...dropStaged(held), back]))
    },
  }
}

/** Removes the rows of an import that are not visible. */
export function dropStaged({ id, data }: Stored<'group'>): readonly Change[] {
  const { importing, generation, lanes } = data
  if (!importing) return []
  const where = { type: 'recipients.drop', group: id, generation: importing.generation } as const
  return [importing.generation === generation ? { ...where, from: lanes } : where]
}
