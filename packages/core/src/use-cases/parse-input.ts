import { z } from 'zod'
import type { Code } from '../errors/codes.js'
import { MailError } from '../errors/mail-error.js'

/** Parses a caller's input once, at the door. The error names each field, and the nearest known name of an unknown one (ERR-3). */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown, code: Code = 'INPUT_INVALID'): z.output<T> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const known = knownKeys(schema)
  const problems = parsed.error.issues.flatMap((issue) => {
    const field = issue.path.join('.')
    if (issue.code !== 'unrecognized_keys') return [{ field, expected: issue.message }]
    return issue.keys.map((key) => {
      const nearest = nearestOf(key, known)
      return { field: field ? `${field}.${key}` : key, expected: 'no such field', ...(nearest ? { nearest } : {}) }
    })
  })
  throw new MailError(code, { field: problems[0]?.field ?? '', problems })
}

function knownKeys(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((one) => knownKeys(unwrap(one as z.ZodType)))
  if (!('shape' in schema) || typeof schema.shape !== 'object' || schema.shape === null) return []
  return Object.entries(schema.shape).flatMap(([key, inner]) => [key, ...knownKeys(unwrap(inner as z.ZodType))])
}

const unwrap = (schema: z.ZodType): z.ZodType =>
  'unwrap' in schema && typeof schema.unwrap === 'function' ? unwrap(schema.unwrap() as z.ZodType) : schema

/** The name that takes the fewest edits, if that is less than half of it. */
export function nearestOf(key: string, known: readonly string[]): string | null {
  const ranked = known
    .map((name) => ({ name, edits: editsBetween(key.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
  const [best] = ranked
  return best && best.edits * 2 < Math.max(key.length, best.name.length) ? best.name : null
}

/** Changed, left out, added and swapped neighbouring letters (optimal string alignment). */
function editsBetween(a: string, b: string): number {
  let before: readonly number[] = []
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}
