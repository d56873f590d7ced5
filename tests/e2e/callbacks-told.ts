import { answered, captureCallbackClient } from '@mailwright/adapters/callback/capture'
import type {
  AttemptsInput,
  AttemptView,
  CallbackAnswer,
  CallbackRequest,
  MailServiceOptions,
  Storage,
} from '@mailwright/core'
import { aService, type Service } from './a-service.js'

export const HOOK = 'https://hooks.shop.example:8080/mail'
export const OTHER_HOOK = 'https://hooks.shop.example:8081/hello'

export const refusedConnection: CallbackAnswer = { type: 'failed', cause: 'connect', detail: 'ECONNREFUSED' }

interface Options {
  /** Answers what is not a ping; 204 if left out. */
  readonly answer?: (request: CallbackRequest) => CallbackAnswer | Promise<CallbackAnswer>
  readonly ping?: (request: CallbackRequest) => CallbackAnswer
  readonly policy?: MailServiceOptions['policy']
  readonly storage?: Storage
  readonly dev?: boolean
  /** Posts over HTTP. */
  readonly realClient?: boolean
  readonly outcome?: Parameters<typeof aService>[0] extends infer T
    ? T extends { answer?: infer A }
      ? A
      : never
    : never
}

/** A service whose callbacks stay in this process. Jitter stands still. */
export async function aTellingService({
  answer = () => answered(204),
  ping = () => answered(204),
  policy,
  storage,
  outcome,
  dev,
  realClient,
}: Options = {}) {
  const callbacks = captureCallbackClient({
    answer: (request) => (request.body.includes('"event":"ping"') ? ping(request) : answer(request)),
  })
  const service = await aService({
    ...(storage ? { storage } : {}),
    ...(outcome ? { answer: outcome } : {}),
    policy: { ...policy, callbackRetries: { jitter: 0, ...policy?.callbackRetries } },
    more: { ...(realClient ? {} : { callbackClient: callbacks }), ...(dev ? { dev } : {}) },
  })
  /** What was told, pings aside. */
  const told = () => callbacks.posted.filter(({ event }) => event.event !== 'ping')
  return { ...service, callbacks, told }
}

export type TellingService = Awaited<ReturnType<typeof aTellingService>>

/** All lines of a list of attempts, page by page. */
export async function attemptsOf({ mail }: Pick<Service, 'mail'>, filter: AttemptsInput = {}) {
  const items: AttemptView[] = []
  for (let { cursor } = filter; ; ) {
    const page = await mail.callbacks.attempts({ limit: 100, ...filter, ...(cursor ? { cursor } : {}) })
    items.push(...page.items)
    if (page.next === null) return items
    cursor = page.next
  }
}

export const parkedOf = (service: Pick<Service, 'mail'>) => attemptsOf(service, { state: 'parked' })
