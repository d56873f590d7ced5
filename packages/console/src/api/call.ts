import { bareFields, type Operation, wholeLists } from './operations.js'
import { Problem, problemOf } from './problem.js'
import type { AnswerOf, ArgumentsOf } from './signatures.js'
import { place, queryOf } from './url-of.js'

export interface CallOptions {
  readonly signal?: AbortSignal
  /** The same key and input within a day give the first answer again, so that nothing is made twice (ACC-4). */
  readonly idempotencyKey?: string
}

/** Tells the API that this is no form of another site; see `same-origin.ts` of the HTTP package. */
export const OWN_REQUEST = { 'x-mailwright-request': 'console' } as const

/**
 * Calls an operation with the arguments that it has in code: `call('domains.verify', ['mail.shop.example'])`.
 * @throws Problem
 */
export async function call<O extends Operation>(
  operation: O,
  args: ArgumentsOf<O>,
  { signal, idempotencyKey }: CallOptions = {},
): Promise<AnswerOf<O>> {
  const { method, url, rest } = place(operation, args)
  const [input] = rest
  const field = bareFields[operation]
  const body = field === undefined ? (input ?? {}) : { [field]: input }
  const reads = method === 'GET'
  const response = await fetch(reads ? url + queryOf(body as object) : url, {
    method,
    headers: {
      ...(reads ? {} : OWN_REQUEST),
      ...(reads || method === 'DELETE' ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(reads || method === 'DELETE' ? {} : { body: JSON.stringify(body) }),
    signal: signal ?? null,
  }).catch(offline)
  return (await read(response, wholeLists.has(operation))) as AnswerOf<O>
}

/** Sends a file as the body. @throws Problem */
export async function upload<O extends Operation>(
  operation: O,
  params: readonly string[],
  file: Blob,
  query: object = {},
): Promise<AnswerOf<O>> {
  const { method, url } = place(operation, params)
  const headers = { ...OWN_REQUEST, 'content-type': 'text/csv' }
  const response = await fetch(url + queryOf(query), { method, headers, body: file }).catch(offline)
  return (await read(response, false)) as AnswerOf<O>
}

async function read(response: Response, whole: boolean): Promise<unknown> {
  if (!response.ok) throw await problemOf(response)
  if (response.status === 204) return undefined
  const answer: unknown = await response.json()
  return whole && typeof answer === 'object' && answer !== null && 'items' in answer ? answer.items : answer
}

function offline(cause: unknown): never {
  if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
  throw new Problem('OFFLINE', 'No answer came from the server.', 0)
}
