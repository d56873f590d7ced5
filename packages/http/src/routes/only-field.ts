import { MailError } from '@mailwright/core'
import { z } from 'zod'

/** The body of a call that takes one thing in code and, over HTTP, an object with one field. Core checks the field's value. */
export const oneField = <const N extends string, T extends z.ZodType>(name: N, value: T) =>
  z.strictObject({ [name]: value } as Record<N, T>)

/** @throws INPUT_INVALID unless the body is an object with this field and no other */
export function onlyField<const N extends string, T>(body: Readonly<Record<N, T>>, name: N): T {
  const given: unknown = body
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given)
  if (!isObject || Object.keys(given).length !== 1 || !Object.hasOwn(given, name))
    throw new MailError('INPUT_INVALID', { field: name, expected: `${name} and nothing else` })
  return body[name]
}
