import { MailError } from '@mailwright/core'
import { readJson } from './request-body.js'
import type { AccountCall } from './route.js'

/**
 * The body as input of one of core's calls. The type is a claim: every call of an account checks its input first and names what does not fit.
 */
export async function jsonInput<Input>({ request, maxBodyBytes }: AccountCall): Promise<Input> {
  return (await readJson(request, maxBodyBytes)) as Input
}

/** The body of a creating call, with the key of the header `Idempotency-Key` where there is one (ACC-4). */
export async function createInput<Input>(call: AccountCall): Promise<Input> {
  const input = await jsonInput<Input>(call)
  const key = headerKey(call.request)
  if (key === null || typeof input !== 'object' || input === null) return input
  if ('idempotencyKey' in input && input.idempotencyKey !== key) {
    throw new MailError('INPUT_INVALID', { field: 'idempotencyKey', expected: 'the key of the header Idempotency-Key' })
  }
  return { ...input, idempotencyKey: key }
}

/** Bare, or in quotes as the IETF draft has it. */
export const headerKey = (request: Request): string | null =>
  request.headers.get('idempotency-key')?.replace(/^"(.*)"$/, '$1') ?? null
