import { addressKey, isErased, tryParseAddress } from '../../domain/address/index.js'
import type { MessageRow } from '../../ports/rows.js'

/** The key of an address as somebody else writes it; null if it is none. */
export function keyOfGiven(given: string): string | null {
  const address = tryParseAddress(given, { smtpUtf8: true })
  return address && addressKey(address)
}

/** Whether such an address is the one the mail went to. */
export const goesTo = ({ recipientKey }: Pick<MessageRow, 'recipientKey'>, given: string): boolean =>
  keyOfGiven(given) === recipientKey

/** Of somebody who has been erased no name can be compared any more. */
export const mayGoTo = (message: Pick<MessageRow, 'recipientKey' | 'mailbox'>, given: string): boolean =>
  isErased(message.mailbox) || goesTo(message, given)
