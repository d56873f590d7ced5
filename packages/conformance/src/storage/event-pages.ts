import type { EventFilter } from '@mailwright/core'
import { aMessage, anEvent, firstSeen, hour, seen, t0 } from './builders.js'
import { allPages, mustApply, type StorageCase } from './case.js'

const at = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor })
const kinds = ['open', 'click', 'bounce']

/** Twenty-four events of which several share an instant, put in an order that is neither theirs nor its reverse. */
const events = Array.from({ length: 24 }, (_, index) => (index * 7) % 24).map((n) =>
  anEvent({
    key: `e${String(n).padStart(2, '0')}`,
    message: `m${n % 3}`,
    kind: kinds[n % 3] ?? '',
    at: t0 + Math.floor(n / 4),
    sentAt: Math.floor(n / 8) * hour,
    domain: n % 2 === 0 ? 'a.example' : 'b.example',
    recipientDomain: `${n % 3}.example`,
    person: `p${n % 3}`,
  }),
)
const newest = events.map(({ key }) => key).sort((a, b) => (a < b ? 1 : -1))
const number = (key: string): number => Number(key.slice(1))
const messages = [0, 1, 2].map((n) => {
  const insert = aMessage({ id: `m${n}`, mailbox: `p${n}`, recipientKey: `p${n}` })
  return firstSeen(insert.id, { insert })
})
const items = [...messages, ...events.map((event) => seen({ message: event.message, event }))]

export const eventPageCases: readonly StorageCase[] = [
  {
    id: 'storage/page/events-newest-first',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [{ type: 'settle', shard: 0, items }])
      const pages = (limit: number, filter: Partial<EventFilter> = {}) =>
        allPages((cursor) => storage.read.eventsPage({ account: 'acme', kinds, limit, ...filter, ...at(cursor) }))
      for (const limit of [1, 5, 23, 24, 25]) expect((await pages(limit)).map(({ key }) => key)).toEqual(newest)
      expect(await pages(5)).toEqual(newest.map((key) => events.find((event) => event.key === key)))
      const found = async (filter: Partial<EventFilter>) => (await pages(4, filter)).map(({ key }) => key)
      const where = (isAsked: (n: number) => boolean) => newest.filter((key) => isAsked(number(key)))
      expect(await found({ kinds: ['click'] })).toEqual(where((n) => n % 3 === 1))
      expect(await found({ kinds: ['click', 'open', 'click'] })).toEqual(where((n) => n % 3 !== 2))
      expect(await found({ kinds: [] })).toEqual([])
      expect(await found({ from: t0 + 1, to: t0 + 3 })).toEqual(where((n) => n >= 4 && n < 12))
      expect(await found({ sentFrom: hour, sentTo: 2 * hour })).toEqual(where((n) => n >= 8 && n < 16))
      expect(await found({ domains: ['a.example', 'nobody'] })).toEqual(where((n) => n % 2 === 0))
      expect(await found({ domains: [] })).toEqual([])
      expect(await found({ recipientDomains: ['0.example', '1.example'] })).toEqual(where((n) => n % 3 !== 2))
      expect(await found({ recipientDomains: ['2.example', 'nobody', '2.example'], sentTo: hour })).toEqual(
        where((n) => n % 3 === 2 && n < 8),
      )
      expect(await found({ recipientDomains: [] })).toEqual([])
      expect(await found({ sentTo: hour, domains: ['a.example'], kinds: ['open', 'click'] })).toEqual(
        where((n) => n < 8 && n % 2 === 0 && n % 3 !== 2),
      )
      expect(await found({ person: 'p1' })).toEqual(where((n) => n % 3 === 1))
      expect(await found({ person: 'p1', kinds: ['open'] })).toEqual([])
      expect(await found({ person: 'p1', domains: ['b.example'], from: t0 + 1, sentTo: 2 * hour })).toEqual(
        where((n) => n % 3 === 1 && n % 2 === 1 && n >= 4 && n < 16),
      )
      expect(await found({ account: 'beta' })).toEqual([])
      expect(await found({ account: 'beta', person: 'p1' })).toEqual([])
    },
  },
  {
    id: 'storage/page/no-event-missed-or-doubled',
    run: async ({ storage, expect }) => {
      await mustApply(storage, [{ type: 'settle', shard: 0, items }])
      let round = 0
      for (const filter of [{}, { person: 'p1' }, { kinds: ['open', 'click'] }]) {
        const rows = await allPages(async (cursor) => {
          const page = await storage.read.eventsPage({ account: 'acme', kinds, limit: 3, ...filter, ...at(cursor) })
          round += 1
          const added = [t0 + 99, t0 + 3, t0 - 1].map((time, n) =>
            seen({
              message: 'm1',
              event: anEvent({ key: `e9${n}-${round}`, message: 'm1', kind: 'click', at: time, person: 'p1' }),
            }),
          )
          // So that the walk ends although some of what is added lies before it.
          await mustApply(storage, [{ type: 'settle', shard: 0, items: round % 4 === 1 ? added : [] }])
          return page
        })
        const keys = rows.map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
        const asked = newest.filter((key) =>
          'person' in filter ? number(key) % 3 === 1 : 'kinds' in filter ? number(key) % 3 !== 2 : true,
        )
        expect(keys.filter((key) => key.length === 3)).toEqual(asked)
      }
    },
  },
]
