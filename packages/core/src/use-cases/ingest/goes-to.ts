import { addressKey, isErased, tryParseAddress } from '../../domain/address/index.js'
import type { MessageRow } from '../../ports/rows.js'

/** Whether an address, as somebody else writes it, is the one the mail went to. */
export function goesTo({ recipientKey }: Pick<MessageRow, 'recipientKey'>, given: string): boolean {
  const address = tryParseAddress(given, { smtpUtf8: true })
  return address !== null && addressKey(address) === recipientKey
}

/** Of somebody who has been erased no name can be compared any more. */
export const mayGoTo = (message: Pick<MessageRow, 'recipientKey' | 'mailbox'>, given: string): boolean =>
  isErased(message.mailbox) || goesTo(message, given)
