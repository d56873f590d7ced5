import { notReadable } from './refusals.js'

/** An object of somebody else's JSON: every field may be absent or of another type. */
export type Fields = Readonly<Record<string, unknown>>

/** SNS sends at most 256 KiB; SendGrid's batches stay below 1 MiB. */
const LARGEST = 1024 * 1024

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object without fields when it is none, so that reading goes on and finds nothing. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** The JSON of a body. @throws EVENT_INVALID when it is too large, not UTF-8 or not JSON */
export const jsonOf = (body: Uint8Array): unknown => {
  if (body.byteLength > LARGEST) throw notReadable('at most 1 MiB')
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw notReadable('JSON in UTF-8')
  }
}

/** @throws EVENT_INVALID when it is not one JSON object */
export const objectOf = (body: Uint8Array): Fields => {
  const value = jsonOf(body)
  if (!isFields(value)) throw notReadable('a JSON object')
  return value
}
