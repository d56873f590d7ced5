import { type AttemptResult, complains, Fact, isSimulated } from '../../domain/delivery/index.js'
import { quarterBucket } from '../../domain/statistics/index.js'
import type { Instant } from '../../ports/clock.js'
import { entry, type Flusher } from './flusher.js'
import { cellsFor } from './mail-cells.js'
import { eventOf, type Outgoing } from './outgoing.js'

/** The recipient `complaint@` of the simulator reports the mail it got: facts, event and callback, but no block and no statistics (HOST-4). */
export function addSimulatedComplaint(flusher: Flusher, mail: Outgoing, result: AttemptResult, now: Instant): void {
  const { id, mailbox } = mail.message
  if (!isSimulated(mail.recipientDomain) || !complains(mailbox) || result.state !== 'delivered') return
  const bucket = mail.message.bucket || quarterBucket(now)
  const event = eventOf(mail, { key: `${id}:complaint`, kind: 'complaint', at: now, sentAt: bucket, detail: {} })
  flusher.add(
    entry({
      observation: {
        message: id,
        insert: null,
        facts: Fact.complained,
        attempt: 0,
        at: now,
        reply: '',
        event,
        raw: null,
        cells: cellsFor(mail, { now, bucket, dayStart: 0, counted: false }, new Map()),
        block: null,
        work: null,
      },
      notice: { mail, kind: 'spamreport', at: now, key: event.key, detail: {} },
    }),
  )
}
