import { type Account, type AuditOutcome, isMailError, verbs } from '@mailwright/core'
import type { Caller } from './caller.js'
import type { AccountRoute } from './route.js'

type Call = Pick<Parameters<AccountRoute['handle']>[0], 'request' | 'params'>

/** It is to change something, or shows all of a person. */
const isAudited = ({ method, verb }: AccountRoute): boolean => method !== 'GET' && verbs[verb].access !== 'viewer'

/**
 * Runs a call with its one record in the account's audit (T31): stored before anything is done, and with the outcome before anything is answered. If the record
 * cannot be stored nothing is done; if its outcome cannot, what was done is answered all the same, and `onError` hears of it.
 */
export async function audited(
  account: Account,
  { actor, role }: Caller,
  route: AccountRoute,
  { request, params }: Call,
  run: () => Promise<Response>,
  onError: (error: unknown) => void,
): Promise<Response> {
  if (!isAudited(route)) return run()
  const requestId = request.headers.get('x-request-id')
  const end = await account.audit.begin({ actor: actor ?? null, role, verb: route.verb, target: params, requestId })
  const ended = (outcome: AuditOutcome) => end(outcome).catch(onError)
  try {
    const response = await run()
    await ended('done')
    return response
  } catch (error) {
    await ended(isMailError(error) ? error.code : 'INTERNAL_ERROR')
    throw error
  }
}
