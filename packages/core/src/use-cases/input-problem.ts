import type { z } from 'zod'
import { nearestName } from './nearest-name.js'

/** What is wrong with one field of an input (ERR-3). */
export interface InputProblem {
  /** Its path, as `schedule.every.n`; empty: the input itself. */
  readonly field: string
  readonly expected: string
  readonly nearest?: string
}

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** Longer names are not typing errors, and comparing them takes long. */
const LONGEST_NAME = 100
const PLAIN_UNION = 'Invalid input'

/** @param known All names in the schema. */
export function problemsOf(issue: Issue, input: unknown, known: readonly string[], under: Path = []): InputProblem[] {
  const path = [...under, ...issue.path]
  const field = path.join('.')
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        field: [...path, key].join('.'),
        expected: 'no such field',
        ...nearest(key, known),
      }))
    case 'invalid_value':
      return [oneOf(field, issue.values, valueAt(input, path))]
    case 'invalid_union':
      if ('options' in issue && issue.options) return [oneOf(field, issue.options, valueAt(input, path))]
      return issue.message === PLAIN_UNION && issue.errors.length > 0
        ? unionProblems(issue.errors, input, known, path)
        : [{ field, expected: issue.message }]
    default:
      return [{ field, expected: issue.message.replace(/^[A-Z][a-z ]+: (expected )?/, '') }]
  }
}

/** Those of the alternative that the input comes closest to; of all of them, if it is like none. */
function unionProblems(branches: Issue[][], input: unknown, known: readonly string[], under: Path): InputProblem[] {
  const depth = (branch: Issue[]) => Math.max(...branch.map(({ path }) => path.length))
  const [closest = []] = [...branches].sort((a, b) => depth(b) - depth(a) || a.length - b.length)
  if (depth(closest) > 0) return closest.flatMap((issue) => problemsOf(issue, input, known, under))
  const all = branches.flat().flatMap((issue) => problemsOf(issue, input, known, under))
  const expected = [...new Set(all.map((problem) => problem.expected).filter((text) => text !== PLAIN_UNION))]
  const near = all.find((problem) => problem.nearest)?.nearest
  return [{ field: under.join('.'), expected: expected.join(', or '), ...(near ? { nearest: near } : {}) }]
}

function oneOf(field: string, values: readonly unknown[], given: unknown): InputProblem {
  const names = values.map(String)
  const expected = names.length === 1 ? `${names[0]}` : `one of ${names.join(', ')}`
  return { field, expected, ...(typeof given === 'string' ? nearest(given, names) : {}) }
}

function nearest(given: string, known: readonly string[]): { nearest?: string } {
  const name = given.length > LONGEST_NAME ? null : nearestName(given, known)
  return name === null ? {} : { nearest: name }
}

const valueAt = (input: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], input)
