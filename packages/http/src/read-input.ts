import { MailError } from '@mailwright/core'
import type { z } from 'zod'
import { type FieldKind, fieldKinds } from './openapi/field-kinds.js'
import { type BodyCall, readJson } from './request-body.js'

/** Of JSON bodies that hold no mail. */
const SMALL_BODY = 1_048_576

export interface BodyKind {
  /** As large as a mail may be. */
  readonly large?: true | undefined
  /** It takes the key of the header `Idempotency-Key` where there is one (ACC-4). */
  readonly creates?: true | undefined
}

/** The body, unchecked: core checks each input and names what does not fit. */
export async function readInput(call: BodyCall, { large, creates }: BodyKind): Promise<unknown> {
  const maxBodyBytes = large ? call.maxBodyBytes : Math.min(call.maxBodyBytes, SMALL_BODY)
  const input = await readJson({ ...call, maxBodyBytes })
  return creates && typeof input === 'object' && input !== null ? withKey(input, call.request) : input
}

function withKey(input: object, request: Request): object {
  const key = headerKey(request)
  if (key === null) return input
  if ('idempotencyKey' in input && input.idempotencyKey !== key)
    throw new MailError('INPUT_INVALID', { field: 'idempotencyKey', expected: 'the key of the header Idempotency-Key' })
  return { ...input, idempotencyKey: key }
}

/** Bare, or in quotes as the IETF draft has it. */
const headerKey = (request: Request): string | null =>
  request.headers.get('idempotency-key')?.replace(/^"(.*)"$/, '$1') ?? null

/**
 * The query as an input for core, which checks it: numbers, booleans and lists where the schema wants them, objects as `tag[key]=team`. What is no number
 * stays a string, so that core's error names the field.
 * @throws INPUT_INVALID for a field that stands there twice and is no list.
 */
export function readQuery(request: Request, schema: z.ZodType, creates: boolean): object {
  const kinds = fieldKinds(schema)
  const fields = new Map<string, unknown>()
  const { searchParams } = new URL(request.url)
  for (const name of new Set(searchParams.keys())) {
    const [, outer, inner] = /^(\w+)\[(\w+)\]$/.exec(name) ?? []
    const values = searchParams.getAll(name)
    if (outer !== undefined && inner !== undefined && kinds.get(outer)?.has('object'))
      fields.set(outer, { ...(fields.get(outer) as object | undefined), [inner]: only(name, values) })
    else fields.set(name, readField(name, values, kinds.get(name) ?? new Set()))
  }
  const input = Object.fromEntries(fields)
  return creates ? withKey(input, request) : input
}

function readField(name: string, values: readonly string[], kind: FieldKind): unknown {
  if (kind.has('array') && (values.length > 1 || !kind.has('string'))) return values
  const value = only(name, values)
  if (kind.has('number') && /^-?\d{1,16}$/.test(value)) return Number(value)
  if (kind.has('boolean') && (value === 'true' || value === 'false')) return value === 'true'
  return value
}

function only(field: string, values: readonly string[]): string {
  const [value = ''] = values
  if (values.length > 1) throw new MailError('INPUT_INVALID', { field, expected: 'one value' })
  return value
}
