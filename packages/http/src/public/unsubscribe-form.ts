import { isMailError } from '@mailwright/core'
import { type Incoming, limitedBody } from '../request-body.js'
import { BUTTON } from './unsubscribe-page.js'

/** What a POST to an unsubscribe link asks for. */
export type Asked = 'one-click' | 'unsubscribe' | 'subscribe'

/** RFC 8058's form has 26 bytes, and somewhat more as multipart. */
const BOUNDS = { maxBytes: 4_096, withinMs: 5_000 }

/**
 * Whoever posts to the link wants no more mail, whatever the body is: a program that gets the form wrong, or never ends it, is obeyed all the same. Only to
 * subscribe again has to be said in so many words.
 */
export async function askedBy(incoming: Incoming): Promise<Asked> {
  const bytes = await whatCame(incoming)
  const form = (await formOf(incoming.request, bytes)) ?? new URLSearchParams(Buffer.from(bytes).toString())
  if (/^\s*one-click\s*$/i.test(textOf(form.get('List-Unsubscribe')))) return 'one-click'
  return form.get(BUTTON) === 'subscribe' ? 'subscribe' : 'unsubscribe'
}

/** As much of the body as comes within the bounds (T29). */
async function whatCame(incoming: Incoming): Promise<Buffer<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  try {
    for await (const piece of limitedBody(incoming, BOUNDS)) pieces.push(piece)
  } catch (error) {
    if (!isMailError(error)) throw error
  }
  return Buffer.concat(pieces)
}

/** RFC 8058 §3.2 allows both kinds of form. null: neither of them. */
async function formOf({ headers }: Request, bytes: Uint8Array<ArrayBuffer>): Promise<FormData | null> {
  try {
    return await new Response(bytes, { headers: { 'content-type': headers.get('content-type') ?? '' } }).formData()
  } catch {
    return null
  }
}

const textOf = (value: ReturnType<FormData['get']>): string => (typeof value === 'string' ? value : '')
