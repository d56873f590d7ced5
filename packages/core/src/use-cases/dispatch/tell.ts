import type { AttemptResult, MessageState } from '../../domain/delivery/index.js'
import type { Instant } from '../../ports/clock.js'
import type { Context } from '../context.js'
import type { MailEvent } from '../mail-event.js'
import type { Outgoing, UntriedEnd } from './outgoing.js'

const eventOf: Readonly<Record<MessageState, MailEvent['type'] | null>> = {
  accepted: null,
  unknown: 'deferred',
  deferred: 'deferred',
  delivered: 'delivered',
  bounced: 'bounced',
  dropped: 'dropped',
  failed: 'failed',
  cancelled: 'cancelled',
  expired: 'expired',
}

const told = (type: MailEvent['type'], { message }: Outgoing, reason: string, at: Instant): MailEvent => ({
  type,
  account: message.account,
  message: message.id,
  task: message.task || null,
  recipient: message.mailbox,
  at,
  reason,
})

/** Tells this process's listeners what has just been stored. */
export function tellOutcome(ctx: Context, mail: Outgoing, result: AttemptResult, at: Instant): void {
  const type = eventOf[result.state]
  if (type === null) return
  const reason = result.reply ? `${result.reply.code} ${result.reply.text}` : (result.reason ?? '')
  ctx.emit(told(type, mail, reason, at))
}

export function tellUntried(ctx: Context, mail: Outgoing, end: UntriedEnd, reason: string, at: Instant): void {
  ctx.emit(told(end === 'bouncedSoft' ? 'bounced' : end, mail, reason, at))
}
