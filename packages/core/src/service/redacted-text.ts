import { codes } from '../errors/codes.js'
import { isMailError } from '../errors/mail-error.js'
import { PLAIN_WORDS } from './plain-words.js'

export const HIDDEN = '…'
/** Characters that are read, and that are said. */
const [MOST, LONGEST] = [1_200, 300]
/** What is quoted is somebody's value. An apostrophe within a word quotes nothing; what is left open is open to the end. */
const QUOTED = /"[^"]*"|`[^`]*`|“[^”]*”|(?<!\w)'[^']*'(?!\w)/g
const LEFT_OPEN = /["`“].*|(?<!\w)'.*/s
const EDGES = /^([([<{*–-]*)(.*?)([)\]>},.:;!?*–-]*)$/s
const UNIT = /^(?:ms|s|seconds|milliseconds|minutes|bytes|characters)\b/

/** Numbers of three digits are replies and amounts, longer ones may be anybody's telephone. Hosts are named by address and port alone. */
const FORMS: readonly RegExp[] = [
  /^\d{1,3}$/,
  /^[245]\.\d{1,3}\.\d{1,3}$/,
  /^\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?$/,
  /^(?=.*:.*:)[\da-f:]{3,45}$/,
  /^ERR_[A-Z]+(?:_[A-Z0-9]+)*$/,
]
const ERROR_CLASS = /^[A-Z][A-Za-z]{0,40}(?:Error|Exception)$/

/** A text that others have made, as it may be logged (T23): its plain words, codes and small numbers; whatever else it holds is hidden. */
export function redactedText(text: string): string {
  const words = text.slice(0, MOST).replace(QUOTED, ` ${HIDDEN} `).replace(LEFT_OPEN, HIDDEN).split(/\s+/)
  const said = words
    .map((word, at) => shown(word, words[at + 1] ?? '', at === 0))
    .filter((word, at, all) => word !== '' && (word !== HIDDEN || all[at - 1] !== HIDDEN))
    .join(' ')
  return said.length <= LONGEST ? said : said.slice(0, LONGEST - 1).replace(/\S*$/, HIDDEN)
}

/** What may be said of anything that was thrown. Of an error of ours its code says all; its details may name what a caller gave. */
export function redactedError(error: unknown): string {
  if (isMailError(error)) return `MailError ${error.code}`
  try {
    return redactedText(String(error))
  } catch {
    // An object without a text, which must not fail what wanted to tell of it.
    return typeof error
  }
}

/** Where it happened, of an error or of what this has answered for one: the places behind the message, which may itself hold lines that look like places. */
export function placesOf(thrown: unknown): string | null {
  const stack = thrown instanceof Error ? thrown.stack?.replace(String(thrown.message), '') : thrown
  if (typeof stack !== 'string') return null
  const lines = stack.split('\n')
  const last = lines.findLastIndex((line) => !/^\s+at \S/.test(line))
  return lines.slice(last + 1).join('\n')
}

function shown(word: string, next: string, isFirst: boolean): string {
  const [, before = '', bare = '', after = ''] = EDGES.exec(word) ?? []
  return bare === '' || isPlain(bare, next, isFirst) ? `${before}${bare}${after}` : HIDDEN
}

const isPlain = (word: string, next: string, isFirst: boolean): boolean =>
  PLAIN_WORDS.has(word.toLowerCase()) ||
  word === HIDDEN ||
  Object.hasOwn(codes, word) ||
  FORMS.some((form) => form.test(word)) ||
  (/^\d{4,9}$/.test(word) && UNIT.test(next)) ||
  (isFirst && (word === 'MailError' || ERROR_CLASS.test(word)))
