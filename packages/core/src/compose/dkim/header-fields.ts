/** One header field: its name in lower case, and its relaxed form without the CRLF (RFC 6376 §3.4.2). */
export interface HeaderField {
  readonly name: string
  readonly relaxed: string
}

/** What most values have none of: a line end, a tab, two spaces in a row. */
const unrelaxed = /[\r\t]| {2}/

/** Only space and tab are white space here: a no-break space is a letter like any other. */
const relaxedValue = (value: string): string =>
  (unrelaxed.test(value) ? value.replace(/\r\n/g, '').replace(/[ \t]+/g, ' ') : value).replace(/^ | $/g, '')

export function relaxedField(field: string): HeaderField {
  const colon = field.indexOf(':')
  const name = field
    .slice(0, colon)
    .replace(/[ \t]+$/, '')
    .toLowerCase()
  return { name, relaxed: `${name}:${relaxedValue(field.slice(colon + 1))}` }
}

/** The fields of a header block, one character for each octet, in order; a line that begins with white space belongs to the one before. */
export function headerFields(block: string): readonly HeaderField[] {
  return block
    .split(/\r\n(?![ \t])/)
    .filter((field) => field.includes(':'))
    .map(relaxedField)
}
