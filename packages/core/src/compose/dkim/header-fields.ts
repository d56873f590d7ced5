/** One header field: its name in lower case, and its relaxed form without the CRLF (RFC 6376 §3.4.2). */
export interface HeaderField {
  readonly name: string
  readonly relaxed: string
}

/** `block`: one octet per character. Only space and tab are white space here: a no-break space is a letter like any other. */
const relaxedValue = (value: string): string =>
  value
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/^ | $/g, '')

export function relaxedField(field: string): HeaderField {
  const colon = field.indexOf(':')
  const name = field
    .slice(0, colon)
    .replace(/[ \t]+$/, '')
    .toLowerCase()
  return { name, relaxed: `${name}:${relaxedValue(field.slice(colon + 1))}` }
}

/** The fields of a header block, in order; a line that begins with white space belongs to the one before. */
export function headerFields(block: string): readonly HeaderField[] {
  return block
    .split(/\r\n(?![ \t])/)
    .filter((field) => field.includes(':'))
    .map(relaxedField)
}
