import { MailError } from '../../errors/mail-error.js'
import { hasUnsafeHeaderChars } from '../address/index.js'
import type { SlotContext } from './parsed-template.js'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
  '=': '&#61;',
}

const escapeHtml = (value: string): string =>
  /[&<>"'`=]/.test(value) ? value.replace(/[&<>"'`=]/g, (char) => entities[char] ?? '') : value

/** RFC 3986 unreserved only: no delimiter is left that could end an attribute or a URL component. */
export const percentEncode = (value: string): string =>
  /^[\w.~-]*$/.test(value)
    ? value
    : encodeURIComponent(value).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * A whole URL with one of the four schemes written out (TPL-3). Control characters are refused rather than removed as browsers do,
 * so that `java<TAB>script:` is never looked at twice.
 */
export function checkUrl(value: string): string {
  const url = value.trim()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (/[\u0000-\u001f\u007f]/.test(value) || !/^(?:https?:\/\/[^/?#\\]|(?:mailto|tel):[^/])/i.test(url)) {
    throw new MailError('UNSAFE_URL', { allowed: ['http', 'https', 'mailto', 'tel'] })
  }
  return url.replaceAll(' ', '%20')
}

function checkHeader(value: string): string {
  if (hasUnsafeHeaderChars(value)) throw new MailError('VALUE_INVALID', { reason: 'control-character-in-header' })
  return value
}

/**
 * Makes a value safe for its place; what comes back is never read as a template or as markup.
 * @throws UNSAFE_URL, VALUE_INVALID (CR, LF, NUL and their like in a header)
 */
export function escapeFor(context: SlotContext, value: string): string {
  switch (context) {
    case 'text':
    case 'attribute':
      return escapeHtml(value)
    case 'url':
      return escapeHtml(checkUrl(value))
    case 'url-part':
      return percentEncode(value)
    case 'plain':
      return value
    case 'plain-url':
      return checkUrl(value)
    case 'header':
      return checkHeader(value)
  }
}
