import { hasUnsafeHeaderChars } from '../domain/address/index.js'
import { MailError } from '../errors/mail-error.js'
import { encodedWords } from './encoded-word.js'

/** RFC 5322 §2.1.1, without CRLF. */
export const LINE_MAX = 998
const LINE_WISH = 76

/** @throws HEADER_INVALID for CR, LF, NUL and all else that some mailer takes for a line end (T1) */
export function checkHeaderText(header: string, text: string): void {
  if (hasUnsafeHeaderChars(text)) throw new MailError('HEADER_INVALID', { header, reason: 'control-character' })
}

/** Printable ASCII, words parted by single spaces, nothing that reads as an encoded word. */
export const isPlainText = (text: string): boolean => /^[!-~]+(?: [!-~]+)*$/.test(text) && !text.includes('=?')

/**
 * One unstructured header line with its CRLF, folded. What is not plain ASCII is encoded whole (RFC 2047).
 * @param longWords leave words as they are that fit no folded line, up to the 998 of a line; else they are encoded
 */
export function headerLine(name: string, text: string, longWords = false): string {
  checkHeaderText(name, text)
  const start = `${name}: `
  if (start.length + text.length <= LINE_WISH && isPlainText(text)) return `${start}${text}\r\n`
  const longest = longWords ? LINE_MAX - start.length : LINE_WISH - 1
  if (isPlainText(text) && text.split(' ').every((word) => word.length <= longest)) return `${fold(start, text)}\r\n`
  return `${start}${encodedWords(text, start.length)}\r\n`.replace(/: \r\n /, ':\r\n ')
}

function fold(start: string, text: string): string {
  const [first = '', ...words] = text.split(' ')
  let line =
    start.length + first.length > LINE_WISH && first.length < LINE_WISH
      ? `${start.trimEnd()}\r\n ${first}`
      : start + first
  let column = line.length - line.lastIndexOf('\n') - 1
  for (const word of words) {
    const breaks = column + 1 + word.length > LINE_WISH
    line += breaks ? `\r\n ${word}` : ` ${word}`
    column = (breaks ? 0 : column) + 1 + word.length
  }
  return line
}
