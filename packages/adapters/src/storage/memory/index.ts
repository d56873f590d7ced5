import { type Clock, MailError, type Storage, type StorageReads } from '@mailwright/core'
import { applyBundle } from './apply/bundle.js'
import { claimWork } from './claim.js'
import { admit } from './door.js'
import { blockReads } from './reads/blocks.js'
import { counterReads } from './reads/counters.js'
import { eventReads } from './reads/events.js'
import { messageReads } from './reads/messages.js'
import { recipientReads } from './reads/recipients.js'
import { recordReads } from './reads/records.js'
import { workReads } from './reads/work.js'
import { createTables } from './tables.js'

export interface MemoryStorageOptions {
  /** What `time` answers; the system's clock if left out. */
  readonly clock?: Clock
}

/**
 * Keeps everything in this process, for tests and trials: nothing survives it, and it
 * grows with all it is told. Each call is one synchronous block,
 * so concurrent calls come one after the other.
 */
export const memoryStorage = (options: MemoryStorageOptions = {}): Storage => {
  const tables = createTables()
  let closed = false
  const whileOpen = <A extends readonly unknown[], R>(verb: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      if (closed) throw new MailError('STORAGE_UNAVAILABLE', { adapter: 'memory', state: 'closed' })
      return verb(...args)
    }
  }
  const records = recordReads(tables)
  const recipients = recipientReads(tables)
  const blocks = blockReads(tables)
  const counters = counterReads(tables)
  const messages = messageReads(tables)
  const events = eventReads(tables)
  const work = workReads(tables)
  const read: StorageReads = {
    record: whileOpen(records.record),
    recordByKey: whileOpen(records.recordByKey),
    records: whileOpen(records.records),
    holds: whileOpen(records.holds),
    recipients: whileOpen(recipients.recipients),
    recipientDomains: whileOpen(recipients.recipientDomains),
    knownKeys: whileOpen(recipients.knownKeys),
    blocks: whileOpen(blocks.blocks),
    blocksPage: whileOpen(blocks.blocksPage),
    quota: whileOpen(counters.quota),
    tallies: whileOpen(counters.tallies),
    epochs: whileOpen(counters.epochs),
    messages: whileOpen(messages.messages),
    messagesPage: whileOpen(messages.messagesPage),
    events: whileOpen(messages.events),
    eventsPage: whileOpen(events.eventsPage),
    people: whileOpen(events.people),
    works: whileOpen(work.works),
    queuedMails: whileOpen(work.queuedMails),
    nextDue: whileOpen(work.nextDue),
    ranks: whileOpen(work.ranks),
  }
  return {
    name: 'memory',
    capabilities: { durable: false, concurrentWriters: false, callerTransaction: false },
    migrate: whileOpen(async () => undefined),
    time: whileOpen(async () => options.clock?.now() ?? Date.now()),
    apply: whileOpen(async (bundles, applyOptions) => {
      if (applyOptions?.tx !== undefined)
        throw new MailError('NOT_SUPPORTED', { adapter: 'memory', capability: 'callerTransaction' })
      return admit(bundles).map((bundle) => applyBundle(tables, bundle))
    }),
    claim: whileOpen(async (request) => claimWork(tables.work, request)),
    read,
    close: async () => {
      closed = true
    },
  }
}
