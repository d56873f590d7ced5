import { type Account, type AuditOutcome, isMailError, verbs } from '@mailwright/core'
import type { Caller } from './caller.js'
import type { AccountRoute } from './route.js'

type Call = Pick<Parameters<AccountRoute['handle']>[0], 'request' | 'params'>
type Entry = Parameters<Account['audit']['begin']>[0]

/** It is to change something, or shows all of a person. */
const isAudited = ({ method, verb }: AccountRoute): boolean => method !== 'GET' && verbs[verb].access !== 'viewer'

const outcomeOf = (error: unknown): AuditOutcome => (isMailError(error) ? error.code : 'INTERNAL_ERROR')

/**
 * Runs a call with its one record in the account's audit (T31): stored before anything is done, and with the outcome before anything is answered; of a send in the
 * commit of its mail. If the record cannot be stored nothing is done; if its outcome cannot, what was done is answered all the same, and `onError` hears of it.
 */
export async function audited(
  account: Account,
  { actor, role }: Caller,
  route: AccountRoute,
  { request, params }: Call,
  run: (account: Account) => Promise<Response>,
  onError: (error: unknown) => void,
): Promise<Response> {
  if (!isAudited(route)) return run(account)
  const requestId = request.headers.get('x-request-id')
  const entry = { actor: actor ?? null, role, verb: route.verb, target: params, requestId }
  if (route.verb === 'send' || route.verb === 'sendRegular') return withRecordOfSend(account, entry, run, onError)
  const end = await begin(account, entry, onError)
  try {
    const response = await run(account)
    await end('done')
    return response
  } catch (error) {
    await end(outcomeOf(error))
    throw error
  }
}

async function begin({ audit }: Account, entry: Entry, onError: (error: unknown) => void) {
  const end = await audit.begin(entry)
  return (outcome: AuditOutcome) => end(outcome).catch(onError)
}

/** A send leaves its record itself; what is refused before it comes to a send does not. */
async function withRecordOfSend(
  account: Account,
  audit: Entry,
  run: (account: Account) => Promise<Response>,
  onError: (error: unknown) => void,
): Promise<Response> {
  let isLeft = false
  const leaving = <Input, Answer>(send: (input: Input, options: { audit: Entry }) => Promise<Answer>) => {
    return (input: Input): Promise<Answer> => {
      isLeft = true
      return send(input, { audit })
    }
  }
  try {
    return await run({ ...account, send: leaving(account.send), sendRegular: leaving(account.sendRegular) })
  } catch (error) {
    if (!isLeft) await (await begin(account, audit, onError))(outcomeOf(error))
    throw error
  }
}
