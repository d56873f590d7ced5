import { Fact } from '../../domain/delivery/index.js'
import type { Change } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import type { NewWork } from '../../ports/rows.js'
import { type ChunkRef, type MailRef, mailJson } from '../chunk-work.js'
import type { Stored } from '../stored.js'
import type { ChunkRow } from './open-chunk.js'
import { domainOfKey, type Outgoing } from './outgoing.js'

/** After this an unanswered mail may be taken up by another worker: longer than any timeout of a transport. */
const STRAGGLER_MS = 15 * 60_000

/** The message a frozen row will be once it is settled. */
export function batchMessage(
  run: Stored<'run'>,
  ref: Pick<ChunkRef, 'grantedAt'>,
  row: Pick<ChunkRow, 'id' | 'recipient'>,
): Outgoing {
  const { recipient } = row
  return {
    message: {
      id: row.id,
      account: run.account,
      task: run.data.task,
      origin: run.id,
      lane: recipient.lane,
      seq: recipient.seq,
      mailbox: recipient.mailbox,
      recipientKey: recipient.key,
      senderDomain: run.data.domain,
      template: run.data.template,
      acceptedAt: ref.grantedAt,
      bucket: 0,
      facts: Fact.accepted,
      attempt: 0,
      lastAt: 0,
      lastReply: '',
    },
    fresh: true,
    domainName: run.data.domainName,
    sender: run.data.from.address,
    recipientDomain: domainOfKey(recipient.key),
    run: run.id,
  }
}

/** What a later attempt needs to build the mail again, byte for byte, without reading the group. */
export const rowRef = (run: Stored<'run'>, ref: ChunkRef, { recipient }: ChunkRow): NonNullable<MailRef['row']> => ({
  run: run.id,
  domain: run.data.domain,
  lane: recipient.lane,
  seq: recipient.seq,
  mailbox: recipient.mailbox,
  key: recipient.key,
  values: recipient.values,
  grantedAt: ref.grantedAt,
})

/** The next attempt of one mail, or with `postponed` its first one, as work of its own. */
export const laterWork = (
  kind: 'retry' | 'postponed',
  message: string,
  ref: MailRef,
  mail: Outgoing,
  dueAt: Instant,
): NewWork => ({
  id: `${kind}:${message}`,
  kind,
  key: message,
  account: mail.message.account,
  parent: mail.run,
  lane: mail.message.lane,
  rank: dueAt,
  dueAt,
  ref: mailJson(ref),
})

/** A mail whose answer is overdue no longer holds its chunk; should this process die, the mail is taken up as one that may have left. */
export const stragglerWork = (message: string, ref: MailRef, run: Stored<'run'>, now: Instant): Change => ({
  type: 'work.put',
  items: [
    {
      id: `straggler:${message}`,
      kind: 'straggler',
      key: message,
      account: run.account,
      parent: message,
      lane: ref.row?.lane ?? '',
      rank: now,
      dueAt: now + STRAGGLER_MS,
      ref: mailJson(ref),
    },
  ],
})
