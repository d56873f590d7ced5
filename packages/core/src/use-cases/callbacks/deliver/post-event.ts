import { headerLine } from '../../../compose/index.js'
import { callbackBody, type EventFacts, verdictOf } from '../../../domain/callback/index.js'
import type { Context } from '../../context.js'
import type { CallbackPart, NotTold } from '../callback-records.js'
import type { Endpoint } from '../endpoints.js'
import { postSigned, whyNot } from '../ping.js'
import { signingSecrets } from '../secrets.js'
import { webhookId } from '../webhook-id.js'
import type { FactsOf } from './event-facts.js'

/** What became of one attempt to tell one event. */
export type Told =
  | { readonly type: 'told' }
  /** Its message is not kept any more: there is nothing to tell, now or later. */
  | { readonly type: 'moot' }
  /** The process stops: as if it had never been tried. */
  | { readonly type: 'aborted' }
  | { readonly type: 'gone'; readonly why: NotTold }
  | { readonly type: 'later'; readonly why: NotTold; readonly retryAfterSeconds: number | null }

/** Posts one event to one endpoint, signed with all secrets it has just now. */
export async function postEvent(
  ctx: Context,
  endpoint: Endpoint,
  part: CallbackPart,
  facts: FactsOf,
  signal: AbortSignal,
): Promise<Told> {
  const known = await facts(part)
  if (!known) return { type: 'moot' }
  const body = JSON.stringify(callbackBody(spelled(known, endpoint), endpoint.data.compat))
  const message = { id: webhookId(endpoint.id, part.key), body }
  const answer = await postSigned(
    ctx,
    endpoint.data.url,
    message,
    signingSecrets(ctx, endpoint, ctx.clock.now()),
    signal,
  )
  const why = whyNot(answer)
  if (why === null) return { type: 'told' }
  if (answer.type === 'failed')
    return answer.cause === 'aborted' ? { type: 'aborted' } : { type: 'later', why, retryAfterSeconds: null }
  if (verdictOf(answer.status) === 'gone') return { type: 'gone', why }
  return { type: 'later', why, retryAfterSeconds: answer.retryAfterSeconds }
}

/** The original tells a subject as it stands in the mail's header (RFC 2047). */
function spelled(facts: EventFacts, { data }: Endpoint): EventFacts {
  if (facts.subject === null || data.compat !== 'tencent') return facts
  const line = headerLine('Subject', facts.subject)
  return {
    ...facts,
    subject: line
      .slice(line.indexOf(':') + 1)
      .replace(/\r\n/g, '')
      .trim(),
  }
}
