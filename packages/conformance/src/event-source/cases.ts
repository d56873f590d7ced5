import type { ProviderEvent } from '@mailwright/core'
import type { Case } from '../register-cases.js'
import { type EventSourceBench, readingOf, verdictOf, withBody } from './bench.js'
import { garbageOf } from './garbage.js'

const REFUSED = 'EVENT_SIGNATURE_INVALID'
const YEAR_MS = 366 * 24 * 60 * 60 * 1000

/** A key can be stored, an instant is one, an address and a message are told or not. */
const isWhole = ({ key, at, message, recipient, happened }: ProviderEvent): boolean =>
  key !== '' &&
  key.length <= 300 &&
  Number.isFinite(at) &&
  message !== '' &&
  recipient !== '' &&
  typeof happened.type === 'string' &&
  (happened.type !== 'bounced' || happened.permanent === null || typeof happened.permanent === 'boolean')

const keysOf = (events: readonly ProviderEvent[] | string): readonly string[] =>
  typeof events === 'string' ? [events] : events.map(({ key }) => key)

const happenedIn = (events: readonly ProviderEvent[] | string) =>
  typeof events === 'string' ? [{ type: events }] : events.map(({ happened }) => happened)

/** What every event source promises, whoever the provider is. */
export const eventSourceCases: readonly Case<EventSourceBench>[] = [
  {
    id: 'event-source/believes-the-provider',
    run: async ({ source, samples, now, expect }) => {
      for (const { name, request } of samples) {
        expect([name, await verdictOf(source, request, now)]).toEqual([name, 'accepted'])
      }
    },
  },
  {
    id: 'event-source/says-what-happened',
    run: async ({ source, samples, expect }) => {
      for (const { request, says } of samples) {
        const events = readingOf(source, request)
        const told = typeof events === 'string' ? events : events.map(({ key, at, ...rest }) => rest)
        expect(told).toEqual(says)
      }
    },
  },
  {
    id: 'event-source/refuses-a-changed-body',
    run: async ({ source, samples, now, expect }) => {
      for (const { request } of samples) {
        const text = Buffer.from(request.body).toString('utf8')
        for (const changed of [text.replaceAll('example', 'exbmple'), text.slice(0, -1)]) {
          expect(await verdictOf(source, withBody(request, changed), now)).toBe(REFUSED)
        }
      }
    },
  },
  {
    // For a provider that signs the bytes, not the fields that are read from them.
    id: 'event-source/refuses-another-byte',
    run: async ({ source, samples, now, expect }) => {
      for (const { request } of samples) {
        for (const changed of [
          Buffer.concat([request.body, Buffer.from(' ')]),
          Buffer.concat([Buffer.from(' '), request.body]),
        ]) {
          expect(await verdictOf(source, withBody(request, changed), now)).toBe(REFUSED)
        }
      }
    },
  },
  {
    id: 'event-source/refuses-the-unsigned',
    run: async ({ source, samples, now, unsign, expect }) => {
      for (const { request } of samples) {
        expect(await verdictOf(source, unsign(request), now)).toBe(REFUSED)
        expect(await verdictOf(source, { ...unsign(request), body: Buffer.alloc(0) }, now)).toBe(REFUSED)
      }
    },
  },
  {
    id: 'event-source/refuses-another-key',
    run: async ({ source, samples, now, forge, expect }) => {
      for (const { request } of samples) expect(await verdictOf(source, forge(request), now)).toBe(REFUSED)
    },
  },
  {
    id: 'event-source/refuses-another-time',
    run: async ({ source, samples, now, expect }) => {
      for (const { request } of samples) {
        expect(await verdictOf(source, request, now + YEAR_MS)).toBe(REFUSED)
        expect(await verdictOf(source, request, now - YEAR_MS)).toBe(REFUSED)
      }
    },
  },
  {
    id: 'event-source/replay-has-the-same-keys',
    run: async ({ source, samples, now, expect }) => {
      for (const { request } of samples) {
        const first = keysOf(readingOf(source, request))
        expect(await verdictOf(source, request, now)).toBe('accepted')
        expect(await verdictOf(source, request, now)).toBe('accepted')
        expect(keysOf(readingOf(source, request))).toEqual(first)
      }
    },
  },
  {
    id: 'event-source/each-event-has-its-own-key',
    run: async ({ source, samples, expect }) => {
      const keys = samples.flatMap(({ request }) => keysOf(readingOf(source, request)))
      expect(new Set(keys).size).toBe(keys.length)
    },
  },
  {
    // The mails of one regular send share their Message-ID (REG-2): only the header says whose event it is.
    id: 'event-source/knows-the-mail-by-the-header-of-its-relay',
    run: async ({ source, relay, now, expect }) => {
      expect(typeof relay).toBe('object')
      if (relay === undefined) return
      const shared = '<0190a000-0000-7000-8000-0000000000ff@mail.example>'
      for (const [index, recipient] of ['ann@example.org', 'bob@example.org'].entries()) {
        const id = `0190a000-0000-7000-8000-00000000000${index}`
        const request = relay.tells({ headers: relay.headersFor(id), messageId: shared, recipient })
        expect(await verdictOf(source, request, now)).toBe('accepted')
        const events = readingOf(source, request)
        const told = typeof events === 'string' ? events : events.map((one) => [one.message, one.recipient])
        expect(told).toEqual([[id, recipient]])
      }
    },
  },
  {
    // For a provider that posts a list of events: it repeats the whole list until we take it.
    id: 'event-source/one-unreadable-event-spoils-no-other',
    run: async ({ source, samples, expect }) => {
      for (const { request } of samples) {
        const all = JSON.parse(Buffer.from(request.body).toString('utf8'))
        const whole = happenedIn(readingOf(source, request))
        for (const broken of [null, 'x', 7, {}, []]) {
          const read = readingOf(
            source,
            withBody(request, JSON.stringify([...all.slice(0, 1), broken, ...all.slice(1)])),
          )
          const happened = happenedIn(read)
          expect(happened.map(({ type }) => type === 'unreadable')).toEqual(
            whole.map(() => false).toSpliced(1, 0, true),
          )
          expect(happened.toSpliced(1, 1)).toEqual(whole)
        }
        expect(readingOf(source, withBody(request, '[null, {}]'))).toBe('EVENT_INVALID')
      }
    },
  },
  {
    id: 'event-source/survives-garbage',
    run: async ({ source, samples, now, expect }) => {
      for (const { request } of samples) {
        for (const body of garbageOf(request.body)) {
          const garbage = withBody(request, body)
          const read = readingOf(source, garbage)
          expect(read === 'EVENT_INVALID' || (typeof read !== 'string' && read.every(isWhole))).toBe(true)
          const verdict = await verdictOf(source, garbage, now)
          expect(verdict === REFUSED || verdict === 'accepted').toBe(true)
        }
      }
    },
  },
]
