import { MailError } from '../errors/mail-error.js'
import type { MailRecipient } from './mail-recipient.js'
import type { Skeleton } from './skeleton.js'

/**
 * Splices one mail. Every text holds one octet per character, so that the size is known before anything is put together.
 * @throws MESSAGE_TOO_LARGE, and what the fields throw
 */
export function renderSkeleton(
  { texts, places, fields, size }: Skeleton,
  mail: MailRecipient,
  maximum: number,
): Uint8Array {
  const made: string[] = new Array(fields.length)
  for (let index = 0; index < fields.length; index++) made[index] = fields[index]?.(mail) ?? ''
  let total = size
  for (let index = 0; index < places.length; index++) total += made[places[index] ?? 0]?.length ?? 0
  if (total > maximum) throw new MailError('MESSAGE_TOO_LARGE', { size: total, maximum, unit: 'octets' })
  let content = texts[0] ?? ''
  for (let index = 0; index < places.length; index++)
    content += (made[places[index] ?? 0] ?? '') + (texts[index + 1] ?? '')
  return Buffer.from(content, 'latin1')
}
