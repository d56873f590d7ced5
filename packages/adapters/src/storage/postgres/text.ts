/**
 * What JS strings may hold and Postgres text may not, NUL and lone surrogates, is kept behind the escape U+0001, so that every
 * string comes back as it went in; so is the byte order mark, which PGlite's decoder swallows. Ordinary strings are stored as they are.
 */
const mark = '\u0001'
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const suspicious = /[\0\u0001\ufeff\ud800-\udfff]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const escaped = /\u0001([0-9a-f]{4})/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const unstorable = /[\0\u0001\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const toEscape = (character: string): string => mark + character.charCodeAt(0).toString(16).padStart(4, '0')

export const toText = (value: string): string => (suspicious.test(value) ? value.replace(unstorable, toEscape) : value)

export const fromText = (value: string): string =>
  value.includes(mark) ? value.replace(escaped, (_, code: string) => String.fromCharCode(parseInt(code, 16))) : value

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * An id as bytea in hex: 16 bytes for a lower-case UUID, else its UTF-8. Both keep the order of the text among their like.
 * Other text of exactly 16 bytes gets a NUL behind it, which sorts before any longer text that begins alike.
 */
export const toBytes = (id: string): string => {
  if (id.length === 36 && uuid.test(id))
    return `\\x${id.slice(0, 8)}${id.slice(9, 13)}${id.slice(14, 18)}${id.slice(19, 23)}${id.slice(24)}`
  const bytes = Buffer.from(toText(id))
  return `\\x${bytes.toString('hex')}${bytes.length === 16 ? '00' : ''}`
}

/** `toBytes` in SQL, of a text column. */
export const idOf = (column: string): string => `case
  when ${column} ~ '${uuid.source}' then decode(replace(${column}, '-', ''), 'hex')
  when octet_length(${column}) = 16 then convert_to(${column}, 'UTF8') || '\\x00'::bytea
  else convert_to(${column}, 'UTF8') end`

/** The id behind `\x…`, as Postgres writes bytea. */
export const fromBytes = (bytes: string): string => {
  if (bytes.length === 34)
    return `${bytes.slice(2, 10)}-${bytes.slice(10, 14)}-${bytes.slice(14, 18)}-${bytes.slice(18, 22)}-${bytes.slice(22)}`
  const text = Buffer.from(bytes.slice(2), 'hex').toString()
  return fromText(bytes.length === 36 && text.endsWith('\0') ? text.slice(0, -1) : text)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const inNeedOfQuotes = /["\\\0\u0001\ufeff\ud800-\udfff]/
const quoted = (value: string): string => (inNeedOfQuotes.test(value) ? toText(value).replace(/["\\]/g, '\\$&') : value)

/**
 * Array literals, to be unnested. Server and client together need about two thirds of the time that JSON rows take
 * (measured: docs/decisions/0001).
 */
export const textArray = (values: readonly string[]): string =>
  values.length === 0 ? '{}' : `{"${values.map(quoted).join('","')}"}`

const unitSeparator = '\x1f'

/** Of JSON, which has no control characters: nothing in it needs quotes of the array's. For `string_to_array` as `jsonTexts` has it. */
export const jsonList = (documents: readonly string[]): string => toText(documents.join(unitSeparator))
/** The array behind a parameter made by `jsonList`. */
export const jsonTexts = (parameter: string): string =>
  `string_to_array(${parameter}::text, chr(${unitSeparator.charCodeAt(0)}))`

/** null stands for SQL null. */
export const optionalTextArray = (values: readonly (string | null)[]): string =>
  `{${values.map((value) => (value === null ? 'NULL' : `"${quoted(value)}"`)).join(',')}}`

/** Of hex as toBytes makes it. */
export const bytesArray = (values: readonly string[]): string =>
  values.length === 0 ? '{}' : `{"\\${values.join('","\\')}"}`

/** Null for each 0. */
export const sparseArray = (values: readonly number[]): string =>
  `{${values.map((value) => (value === 0 ? 'NULL' : value)).join(',')}}`

export const numberArray = (values: readonly number[]): string => `{${values.join(',')}}`

const jsonEscape = /\ufeff|\\(?:u([0-9a-f]{4})|.)/g
const suspiciousJson = /\ufeff|\\u(?:000[01]|d[89a-f])/

/** Rows for json_to_recordset: what `toText` would escape in their strings is escaped. JSON.stringify has made it visible as \uXXXX. */
export const toJsonRows = (rows: readonly unknown[]): string => {
  const text = JSON.stringify(rows)
  if (!suspiciousJson.test(text)) return text
  return text.replace(jsonEscape, (found, code: string | undefined) => {
    if (found === '\ufeff') return '\\u0001feff'
    const unstorableCode = code !== undefined && (code === '0000' || code === '0001' || code.startsWith('d'))
    return unstorableCode ? `\\u0001${code}` : found
  })
}
