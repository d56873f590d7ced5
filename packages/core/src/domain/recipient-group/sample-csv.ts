import { EMAIL_COLUMN, parseHeader } from './header.js'

const SAMPLES = [
  { mailbox: 'ann@example.org', name: 'Ann' },
  { mailbox: 'bob@example.org', name: 'Bob' },
] as const

/**
 * A file to start from, with the variables of a template, or without one with `name` (GRP-7). It imports cleanly. Throws
 * CSV_HEADER_INVALID for variables that no header can have, such as `email`.
 */
export function sampleCsv(variables: readonly string[] = ['name']): string {
  parseHeader([EMAIL_COLUMN, ...variables])
  const rows = SAMPLES.map(({ mailbox, name }, index) => [
    mailbox,
    ...variables.map((variable) => (variable === 'name' ? name : `${variable} ${index + 1}`)),
  ])
  // RFC 4180 line ends. No cell needs quotes: the names of variables hold no comma, quote or line end.
  return [[EMAIL_COLUMN, ...variables], ...rows].map((cells) => `${cells.join(',')}\r\n`).join('')
}
