import { MailError } from '../errors/mail-error.js'
import type { MailRecipient } from './mail-recipient.js'
import type { Skeleton } from './skeleton.js'

/** Mails are cut from slabs, since making a buffer costs more than filling it. A slab lives as long as any of its mails. */
const SLAB = 262_144
const LARGEST_CUT = SLAB / 8
/** Longer texts are written by a native call, shorter ones faster without. */
const SHORT = 48

/**
 * A function that splices one mail. Every text holds one octet per character, so that the size is known before anything is written.
 * What it returns is a view: its `buffer` also holds other mails.
 * @throws MESSAGE_TOO_LARGE, and what the fields throw
 */
export function skeletonRenderer(
  { texts, places, fields, size }: Skeleton,
  maximum: number,
): (mail: MailRecipient) => Uint8Array {
  const octets = texts.map((text) => Buffer.from(text, 'latin1'))
  const made: string[] = fields.map(() => '')
  let slab = Buffer.alloc(0)
  let used = 0

  const cut = (length: number): Buffer => {
    if (length > LARGEST_CUT) return Buffer.allocUnsafeSlow(length)
    if (used + length > slab.length) {
      slab = Buffer.allocUnsafeSlow(SLAB)
      used = 0
    }
    used += length
    return slab.subarray(used - length, used)
  }

  return (mail) => {
    let total = size
    for (let index = 0; index < fields.length; index++) made[index] = fields[index]?.(mail) ?? ''
    for (const place of places) total += made[place]?.length ?? 0
    if (total > maximum) throw new MailError('MESSAGE_TOO_LARGE', { size: total, maximum, unit: 'octets' })
    const content = cut(total)
    let at = 0
    for (let index = 0; index < octets.length; index++) {
      const text = octets[index]
      if (text !== undefined) {
        content.set(text, at)
        at += text.length
      }
      const place = places[index]
      if (place !== undefined) at = write(content, made[place] ?? '', at)
    }
    return content
  }
}

function write(content: Buffer, text: string, at: number): number {
  if (text.length > SHORT) return at + content.write(text, at, 'latin1')
  for (let index = 0; index < text.length; index++) content[at + index] = text.charCodeAt(index)
  return at + text.length
}
