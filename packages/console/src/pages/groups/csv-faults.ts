import type { Problem } from '../../api/problem.js'
import type { ImportTexts } from './import-texts.js'

const textOf = (given: unknown): string => (typeof given === 'string' ? given : '')
const listOf = (given: unknown): string => (Array.isArray(given) ? given.map(String).join(', ') : '')

const headerReasons = {
  missing: 'headerMissing',
  'not-email': 'headerNotEmail',
  'too-many': 'headerTooMany',
  repeated: 'headerRepeated',
} as const
const rowReasons = {
  'quote-not-closed': 'rowQuoteOpen',
  'stray-quote': 'rowStrayQuote',
  'too-large': 'rowTooLarge',
} as const

/** What the details of a refused file say, in words: where it is, and what to do about it. */
export function csvFaults(
  { code, details }: Pick<Problem, 'code' | 'details'>,
  t: ImportTexts,
  number: (value: number) => string,
): readonly string[] {
  const of = (name: string): string => number(Number(details[name]))
  const reason = textOf(details.reason)
  switch (code) {
    case 'CSV_HEADER_INVALID':
      return [t.inHeader(of('column')), t[nameOf(headerReasons, reason) ?? 'headerName']]
    case 'CSV_ROW_INVALID':
      return [
        t.inLine(of('line')),
        reason === 'column-count'
          ? t.rowColumns(of('columns'), of('expected'))
          : t[nameOf(rowReasons, reason) ?? 'rowMalformed'],
      ]
    case 'CSV_ENCODING':
      return [t.encoding]
    case 'CSV_TOO_LARGE':
      return [t.tooLarge(number(Math.floor(Number(details.limit) / 1024)))]
    case 'CSV_TOO_MANY_ROWS':
      return [
        details.scope === 'file' ? t.fileFull(of('limit')) : t.groupFull(of('limit'), of('present'), of('nearest')),
      ]
    case 'VARIABLES_MISMATCH':
      return [
        ...(listOf(details.missing) === '' ? [] : [t.missing(listOf(details.missing))]),
        ...(listOf(details.unknown) === '' ? [] : [t.unknown(listOf(details.unknown))]),
        t.sameVariables,
      ]
    case 'GROUP_NOT_READY':
      return [t.oneAtOnce]
    default:
      return []
  }
}

const nameOf = <T extends object>(names: T, given: string): T[keyof T] | undefined =>
  Object.hasOwn(names, given) ? names[given as keyof T] : undefined
