import type { EventRow, Storage } from '@mailwright/core'
import { applyingOneByOne, type StorageMutant } from './mutant.js'

/** Retention is a limit of age, not of number. */
export const purgeTakesYounger: StorageMutant = {
  name: 'purge-takes-younger',
  wrong: 'purge removes the oldest rows whatever their age',
  fails: [
    'storage/fold/purged-cells-are-gone',
    'storage/purge/oldest-events-of-all-accounts',
    'storage/purge/oldest-messages-with-their-events',
    'storage/purge/cells-whole',
    'storage/purge/in-the-order-of-changes',
  ],
  make: (storage) =>
    applyingOneByOne(storage, ({ guards, changes }, applyRight) =>
      applyRight({
        guards,
        changes: changes.map((change) => (change.type === 'purge' ? { ...change, before: 1e15 } : change)),
      }),
    ),
}

/** Answers events as they once were. */
const remembering = (storage: Storage, kept: ReadonlyMap<string, EventRow>): Storage => {
  const asKept = (row: EventRow): EventRow => kept.get(row.key) ?? row
  return {
    ...storage,
    read: {
      ...storage.read,
      events: async (message) => (await storage.read.events(message)).map(asKept),
      eventsPage: async (filter) => {
        const { items, next } = await storage.read.eventsPage(filter)
        return { items: items.map(asKept), next }
      },
    },
  }
}

/** The message is blank, and what happened to it tells all. */
export const eraseForgetsEvents: StorageMutant = {
  name: 'erase-forgets-events',
  wrong: 'erase leaves the events of the messages as they are',
  fails: [
    'storage/erase/messages-and-events-of-one-person',
    'storage/erase/only-what-was-accepted-before',
    'storage/erase/late-event-gets-the-tombstone',
    'storage/erase/raced-by-events',
    'storage/values/events-and-cells',
  ],
  make: (storage) => {
    const kept = new Map<string, EventRow>()
    const keep = async (account: string, recipientKey: string): Promise<void> => {
      const { items } = await storage.read.messagesPage({ account, recipientKey, limit: 999 })
      for (const { id } of items)
        for (const event of await storage.read.events(id)) if (!kept.has(event.key)) kept.set(event.key, event)
    }
    const applying = applyingOneByOne(storage, async (bundle, applyRight) => {
      for (const change of bundle.changes) if (change.type === 'erase') await keep(change.account, change.recipientKey)
      return applyRight(bundle)
    })
    return { ...applying, read: remembering(storage, kept).read }
  },
}
