import { MailError } from '@mailwright/core'

/** Query fields that core wants as numbers; all others are strings. */
const NUMBERS = new Set(['limit', 'from', 'to'])

/**
 * The query as an input for core, which checks it. What is no number stays a string, so that core's error names the field.
 * @throws INPUT_INVALID for a field that stands there twice.
 */
export function queryOf(request: Request): Readonly<Record<string, string | number>> {
  const { searchParams } = new URL(request.url)
  const fields = [...searchParams]
  for (const [field] of fields) {
    if (searchParams.getAll(field).length > 1) throw new MailError('INPUT_INVALID', { field, expected: 'one value' })
  }
  return Object.fromEntries(
    fields.map(([field, value]) => [field, NUMBERS.has(field) && /^-?\d{1,16}$/.test(value) ? Number(value) : value]),
  )
}
