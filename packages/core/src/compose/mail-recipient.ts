import type { MailLinks, Values } from '../domain/template/index.js'
import type { Instant } from '../ports/clock.js'
import type { HeaderPair } from './check-headers.js'
import type { HeaderMailbox } from './mailbox-header.js'

/** All that differs from one mail of a skeleton to the next. */
export interface MailRecipient {
  /** Everybody the To line names (REG-2), or only the recipient. Nobody: `undisclosed-recipients:;`. */
  readonly to: readonly HeaderMailbox[]
  readonly cc?: readonly HeaderMailbox[] | undefined
  readonly values: Values
  /** With angle brackets. */
  readonly messageId: string
  /** The Date header. The instant of the grant or acceptance, so that a retry is equal byte for byte. */
  readonly date: Instant
  readonly unsubscribeUrl?: string | undefined
  /** The tokens of this one mail, where something is tracked. */
  readonly links?: MailLinks | undefined
  /** Further headers of this one mail, checked like custom headers. */
  readonly headers?: readonly HeaderPair[] | undefined
}
