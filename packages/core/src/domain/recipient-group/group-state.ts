import { MailError } from '../../errors/mail-error.js'

export const GROUP_STATES = ['empty', 'importing', 'ready'] as const
export type GroupState = (typeof GROUP_STATES)[number]

/** `rows` are the visible ones: those of an import that has not ended do not count (GRP-6). */
export function groupState(group: { readonly rows: number; readonly importing: boolean }): GroupState {
  if (group.importing) return 'importing'
  return group.rows > 0 ? 'ready' : 'empty'
}

/** Throws GROUP_NOT_READY unless the group can be sent to (GRP-6). */
export function requireSendable(state: GroupState): void {
  if (state !== 'ready') throw new MailError('GROUP_NOT_READY', { state })
}

/** Throws STATE_INVALID while another import is under way (GRP-6). */
export function requireImportable(state: GroupState): void {
  if (state === 'importing') throw new MailError('STATE_INVALID', { action: 'import', state, possible: [] })
}
