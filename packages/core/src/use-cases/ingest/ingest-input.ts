import { z } from 'zod'
import type { RawRequest } from '../../ports/event-source.js'
import { NOTICE_MAX } from './read-mime.js'

/** A mail as it came: bytes, or text of one. Streams are read up to the largest notice and no further. */
export type RawMail = Uint8Array | string | AsyncIterable<Uint8Array | string>

const isRawMail = (given: unknown): boolean =>
  typeof given === 'string' ||
  given instanceof Uint8Array ||
  (typeof given === 'object' && given !== null && Symbol.asyncIterator in given)

export const rawMailSchema = z.custom<RawMail>(isRawMail, 'a mail as a Uint8Array, a string, or a stream of them')

/** `to`: whom the envelope named, where that is known; else the headers of the notice say it. */
export const ingestOptionsSchema = z.strictObject({
  to: z.union([z.string().max(1_000), z.array(z.string().max(1_000)).max(100)]).optional(),
})
export type IngestOptions = Readonly<z.input<typeof ingestOptionsSchema>>

/** Of a provider's request; batches of events come in one. */
const REQUEST_MAX = 10 * 1_048_576

// Of either kind of buffer: Node's own says neither.
const isBody = (given: unknown): boolean => typeof given === 'string' || given instanceof Uint8Array

const headerValue = z.union([z.string(), z.array(z.string())]).optional()

export const rawRequestSchema = z.strictObject({
  method: z.string().max(20).default('POST'),
  /** Path and query, as the provider called it. */
  url: z.string().max(8_192).default('/'),
  headers: z.union([z.instanceof(Headers), z.record(z.string(), headerValue)]),
  body: z
    .custom<Uint8Array | string>(isBody, 'the raw body, as a Uint8Array or a string')
    .refine((body) => !isBody(body) || body.length <= REQUEST_MAX, 'at most 10 MiB'),
})
export type RawRequestInput = Readonly<z.input<typeof rawRequestSchema>>

/** Node gives headers as an object, web servers as Headers. */
export function rawRequest({ method, url, headers, body }: z.output<typeof rawRequestSchema>): RawRequest {
  return { method, url, headers: headersOf(headers), body: typeof body === 'string' ? Buffer.from(body) : body }
}

function headersOf(given: z.output<typeof rawRequestSchema>['headers']): Headers {
  if (given instanceof Headers) return given
  const headers = new Headers()
  for (const [name, value = []] of Object.entries(given))
    for (const one of typeof value === 'string' ? [value] : value) append(headers, name, one)
  return headers
}

/** A header that cannot be one signs nothing. */
function append(headers: Headers, name: string, value: string): void {
  try {
    headers.append(name, value)
  } catch {
    // Names like `:path` of HTTP/2, or a value with a line end.
  }
}

/** null: longer than any notice. */
export async function bytesOf(raw: RawMail): Promise<Uint8Array | null> {
  if (raw instanceof Uint8Array) return raw
  if (typeof raw === 'string') return Buffer.from(raw)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of raw) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    length += bytes.byteLength
    if (length > NOTICE_MAX) return null
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
