import { z } from 'zod'
import type { Code } from '../errors/codes.js'
import { MailError } from '../errors/mail-error.js'
import { type InputProblem, problemsOf } from './input-problem.js'

/** Of more problems, the message speaks of the first. */
const NOTED = 3

/** Parses a caller's input once, at the door. The error names each field, and the nearest known name of an unknown one (ERR-3). */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown, code: Code = 'INPUT_INVALID'): z.output<T> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const known = knownKeys(schema, input)
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, input, known))
  const notes = problems.slice(0, NOTED).map((problem) => noteOf(problem, known))
  throw new MailError(code, { field: problems[0]?.field ?? '', problems }, { note: notes.join('; ') })
}

/** For people. Of the caller's own it repeats nothing, not even the names of fields that are not in the schema (ERR-2). */
function noteOf({ field, expected, nearest }: InputProblem, known: readonly string[]): string {
  const names = field.split('.').map((name) => (known.includes(name) || /^\d+$/.test(name) ? name : '…'))
  return `${field === '' ? '' : `${names.join('.')}: `}${expected}${nearest ? `, did you mean ${nearest}?` : ''}`
}

/** Of a union that a field decides, the names of the chosen kind only: another kind's would be refused again. */
function knownKeys(schema: z.ZodType, input?: unknown): readonly string[] {
  if (schema instanceof z.ZodUnion) {
    const options = schema.options.map((one) => unwrap(one as z.ZodType))
    const chosen = options.filter((one) => isChosen(one, schema, input))
    return (chosen.length > 0 ? chosen : options).flatMap((one) => knownKeys(one))
  }
  if (!('shape' in schema) || typeof schema.shape !== 'object' || schema.shape === null) return []
  return Object.entries(schema.shape).flatMap(([key, inner]) => [key, ...knownKeys(unwrap(inner as z.ZodType))])
}

function isChosen(option: z.ZodType, union: z.ZodUnion, input: unknown): boolean {
  if (!(union instanceof z.ZodDiscriminatedUnion) || !(option instanceof z.ZodObject)) return false
  const { discriminator } = union.def
  const kind: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, discriminator) : undefined
  return (option.shape[discriminator] as z.ZodType | undefined)?.safeParse(kind).success ?? false
}

const unwrap = (schema: z.ZodType): z.ZodType =>
  'unwrap' in schema && typeof schema.unwrap === 'function' ? unwrap(schema.unwrap() as z.ZodType) : schema
