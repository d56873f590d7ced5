import { type LinkSlot, type MailTemplate, renderTemplate, type Slot, slotText } from '../domain/template/index.js'
import { base64Lines } from './base64-lines.js'
import { quotedPrintable, toCrlf } from './quoted-printable.js'
import type { SkeletonBuilder } from './skeleton.js'

/**
 * Writes one text part: its headers, an empty line, its content, and CRLF. Quoted-printable lets values be spliced between soft
 * breaks; where base64 is shorter (CJK) the part is encoded whole for each mail. Never 8bit, so that no relay rewrites what is signed.
 */
export function writeTextPart(out: SkeletonBuilder, template: MailTemplate): void {
  const { what, literals, slots } = template
  const subtype = what === 'html' ? 'html' : 'plain'
  const encoding = isShorterInBase64(literals) ? 'base64' : 'quoted-printable'
  out.text(`Content-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`)
  if (encoding === 'quoted-printable') {
    literals.forEach((literal, index) => {
      out.text(quotedPrintable(literal, index === literals.length - 1))
      const slot = slots[index]
      if (slot) out.field(slotKey(slot), (mail) => quotedPrintable(slotText(slot, mail)))
    })
  } else if (slots.length === 0) {
    out.text(base64Lines(toCrlf(literals[0] ?? '')))
  } else {
    out.field(`base64 ${subtype}`, (mail) => base64Lines(toCrlf(renderTemplate(template, mail))))
  }
  out.text('\r\n')
}

/** Places with the same variable and context hold the same text. */
const slotKey = ({ kind, name, context }: Slot | LinkSlot): string => `${kind} ${context} ${name}`

/** Quoted-printable takes three octets for each beyond ASCII, base64 a third more for all. */
function isShorterInBase64(literals: readonly string[]): boolean {
  const text = literals.join('')
  let beyond = 0
  for (const char of text) if (char > '\x7f') beyond += Buffer.byteLength(char, 'utf8')
  return beyond * 6 > Buffer.byteLength(text, 'utf8')
}
