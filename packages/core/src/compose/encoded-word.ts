/** RFC 2047 §2: a word at most 75, a line that holds one at most 76. */
const WORD_MAX = 75
const PREFIX_Q = '=?UTF-8?Q?'
const PREFIX_B = '=?UTF-8?B?'
const SUFFIX = '?='

/** What Q may leave as it is even within a phrase (RFC 2047 §5). */
const isSafe = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  code === 0x21 ||
  code === 0x2a ||
  code === 0x2b ||
  code === 0x2d ||
  code === 0x2f

function encodeQ(char: string): string {
  const code = char.charCodeAt(0)
  if (code === 0x20) return '_'
  if (code < 0x80 && isSafe(code)) return char
  let encoded = ''
  for (const byte of Buffer.from(char, 'utf8')) encoded += `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
  return encoded
}

/**
 * The whole text as encoded words, never parted within a character; B or Q, whichever is shorter.
 * @param used columns taken on the first line
 */
export function encodedWords(text: string, used: number): string {
  const bytes = Buffer.byteLength(text, 'utf8')
  let quoted = 0
  for (const char of text) quoted += encodeQ(char).length
  return quoted <= (bytes * 4) / 3 ? wordsQ(text, used) : wordsB(text, used)
}

const room = (used: number): number => WORD_MAX - PREFIX_Q.length - SUFFIX.length - Math.max(0, used - 1)

function wordsQ(text: string, used: number): string {
  const words: string[] = []
  let word = ''
  let limit = room(used)
  for (const char of text) {
    const token = encodeQ(char)
    if (word.length + token.length > limit && (word !== '' || words.length === 0)) {
      words.push(word)
      word = ''
      limit = room(1)
    }
    word += token
  }
  words.push(word)
  return joined(words, PREFIX_Q)
}

function wordsB(text: string, used: number): string {
  const words: string[] = []
  let word = ''
  let size = 0
  let limit = Math.floor(room(used) / 4) * 3
  for (const char of text) {
    const bytes = Buffer.byteLength(char, 'utf8')
    if (size + bytes > limit && (word !== '' || words.length === 0)) {
      words.push(word)
      word = ''
      size = 0
      limit = Math.floor(room(1) / 4) * 3
    }
    word += char
    size += bytes
  }
  words.push(word)
  return joined(
    words.map((part) => Buffer.from(part, 'utf8').toString('base64')),
    PREFIX_B,
  )
}

/** An empty first word means that the header name left no room: the text begins on the next line. */
function joined(words: readonly string[], prefix: string): string {
  const [first, ...rest] = words.map((word) => (word === '' ? '' : `${prefix}${word}${SUFFIX}`))
  return [first ?? '', ...rest].join('\r\n ')
}
