import { type GroupState, groupState } from '../../domain/recipient-group/index.js'
import type { Instant } from '../../ports/clock.js'
import type { Stored } from '../stored.js'

export interface GroupView {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly state: GroupState
  /** Recipients that can be written to; those of an import under way do not count. */
  readonly rows: number
  /** In the order of the columns; null before the first import. */
  readonly variables: readonly string[] | null
  readonly createdAt: Instant
}

export function groupView({ id, state, createdAt, data }: Omit<Stored<'group'>, 'version'>): GroupView {
  const { name, description, rows, variables } = data
  return { id, name, description, state, rows, variables, createdAt }
}

/** What the group is when no import is under way. */
export const restingState = ({ data }: Pick<Stored<'group'>, 'data'>): GroupState =>
  groupState({ rows: data.rows, importing: false })
