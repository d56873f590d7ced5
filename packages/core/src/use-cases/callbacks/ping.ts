import { verdictOf } from '../../domain/callback/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { CallbackAnswer } from '../../ports/callback-client.js'
import type { Context } from '../context.js'
import type { NotTold } from './callback-records.js'
import { webhookHeaders } from './signature.js'

const AGENT = 'Mailwright'
const forever = new AbortController().signal
/** What a client may take longer than it was told. */
const GRACE_MS = 2_000

/** Posts one signed body. Never rejects nor hangs: an adapter that throws has failed to connect, one that does not answer is out of time. */
export async function postSigned(
  ctx: Context,
  url: string,
  message: { readonly id: string; readonly body: string },
  secrets: readonly string[],
  signal: AbortSignal = forever,
): Promise<CallbackAnswer> {
  const at = ctx.clock.now()
  const signed = webhookHeaders({ ...message, at }, secrets)
  const headers = { 'content-type': 'application/json; charset=utf-8', 'user-agent': AGENT, ...signed }
  const request = { url, headers, body: message.body, timeoutMs: ctx.policy.callbackTimeoutMs }
  let callOff = () => {}
  const late = new Promise<CallbackAnswer>((resolve) => {
    const answer: CallbackAnswer = { type: 'failed', cause: 'timeout', detail: null }
    callOff = ctx.after(request.timeoutMs + GRACE_MS, () => resolve(answer))
  })
  try {
    return await Promise.race([ctx.callbackClient.post(request, signal), late])
  } catch (error) {
    ctx.logger.log('error', 'callback-client-threw', { client: ctx.callbackClient.name, error })
    return { type: 'failed', cause: 'connect', detail: 'CLIENT_THREW' }
  } finally {
    callOff()
  }
}

/** Why an answer is not what it should be, in a word; null: it is. */
export function whyNot(answer: CallbackAnswer): NotTold | null {
  if (answer.type === 'failed') return answer.detail === null ? answer.cause : `${answer.cause}: ${answer.detail}`
  return verdictOf(answer.status) === 'told' ? null : `status ${answer.status}`
}

/** @throws CALLBACK_UNREACHABLE with the cause, unless a signed `ping` is answered with 2xx (CBK-2). */
export async function ping(ctx: Context, url: string, secrets: readonly string[]): Promise<void> {
  const body = JSON.stringify({ event: 'ping', timestamp: Math.floor(ctx.clock.now() / 1_000) })
  const answer = await postSigned(ctx, url, { id: `ping_${ctx.ids.next('event')}`, body }, secrets)
  const cause = whyNot(answer)
  if (cause !== null) throw new MailError('CALLBACK_UNREACHABLE', { field: 'url', cause })
}
