import type { BounceKind } from '../../src/domain/bounce/index.js'
import { invalidRows, laterInvalidRows, type Row, unclearRows } from './bad-address-replies.js'
import { laterOtherRows, otherRows } from './other-replies.js'

/**
 * Replies as mail servers word them, written down from knowledge of the servers before any rule was looked at or changed.
 * `kinds` are the readings a person would accept; `invalid` says whether the address is to be blocked (BLK-1).
 */
export interface UnseenReply {
  readonly server: string
  readonly line: string
  readonly kinds: readonly BounceKind[]
  readonly invalid: boolean | 'either'
}

const rowsOf = (rows: readonly Row[], invalid: UnseenReply['invalid']): UnseenReply[] =>
  rows.map(([server, line, kinds]) => ({ server, line, kinds: kinds.split('|') as BounceKind[], invalid }))

export const unseenReplies: readonly UnseenReply[] = [
  ...rowsOf(invalidRows, true),
  ...rowsOf(unclearRows, 'either'),
  ...rowsOf(otherRows, false),
]

export const laterReplies: readonly UnseenReply[] = [
  ...rowsOf(laterInvalidRows, true),
  ...rowsOf(laterOtherRows, false),
]
