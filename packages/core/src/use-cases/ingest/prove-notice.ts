import { addressesIn, type Notice, type NoticeMail } from '../../domain/notice/index.js'
import type { Context } from '../context.js'

/** Headers in which servers note whom the envelope named. */
const recipientHeaders: ReadonlySet<string> = new Set([
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
  'x-delivered-to',
  'x-rcpt-to',
  'to',
  'resent-to',
])
/** A mail names few people; what names more wastes our time on signatures. */
const MOST_LOOKED_AT = 50

/**
 * The message that a notice is proven to be about: only a return path that we have signed says so (T14), in the envelope it came with or in the headers it gives
 * back; for a complaint also the unsubscribe link of the mail (T15). A Message-ID proves nothing, since it can be guessed or read in a reply. null: unproven.
 */
export function provenMessage(ctx: Context, mail: NoticeMail, notice: Notice, to: readonly string[]): string | null {
  if (notice.kind !== 'report' && notice.kind !== 'complaint') return null
  const now = ctx.clock.now()
  const complaint = notice.kind === 'complaint'
  const named = mail.headers.flatMap(([name, value]) => (recipientHeaders.has(name) ? addressesIn(value) : []))
  const returned = [...(notice.returned?.returnPaths ?? []), ...(complaint && notice.mailFrom ? [notice.mailFrom] : [])]
  // Who complains does so whenever he reads it; a bounce that late is none.
  const life = complaint ? ctx.policy.trackingDays : ctx.policy.returnPathDays
  for (const address of [...to, ...named, ...returned].slice(0, MOST_LOOKED_AT)) {
    const read = ctx.returnPaths.read(address, now, life)
    if (read) return read.message
  }
  return complaint ? unsubscribeMessage(ctx, notice.returned?.listUnsubscribe ?? '') : null
}

/** The message of our own List-Unsubscribe; every mail with one has it, and its token is signed. */
function unsubscribeMessage(ctx: Context, header: string): string | null {
  for (const link of header
    .slice(0, 4_000)
    .split(/[<>,\s]+/)
    .slice(0, 20)) {
    if (!/^https?:\/\//i.test(link)) continue
    const token = link.slice(link.lastIndexOf('/') + 1)
    const read = ctx.tokens.readUnsubscribe(token, ctx.clock.now())
    if (read) return read.message
  }
  return null
}
