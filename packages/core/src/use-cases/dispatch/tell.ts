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

const base = ({ message }: Outgoing, at: Instant) => ({
  account: message.account,
  message: message.id,
  task: message.task || null,
  recipient: message.mailbox,
  at,
})

/** Tells this process's listeners what has just been stored. */
export function tellOutcome(ctx: Context, mail: Outgoing, result: AttemptResult, at: Instant): void {
  const type = eventOf[result.state]
  if (type)
    ctx.emit({
      type,
      ...base(mail, at),
      reason: result.reply ? `${result.reply.code} ${result.reply.text}` : (result.reason ?? ''),
    })
}

export function tellUntried(ctx: Context, mail: Outgoing, end: UntriedEnd, reason: string, at: Instant): void {
  ctx.emit({ type: end === 'bouncedSoft' ? 'bounced' : end, ...base(mail, at), reason })
}
