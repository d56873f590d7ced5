import type { EventSource, Instant, ProviderEvent } from '@mailwright/core'

/** A wrong event source, and exactly the cases it must fail. */
export interface EventSourceMutant {
  readonly name: string
  readonly fails: readonly string[]
  /** `now`: when the samples were signed. */
  readonly spoil: (source: EventSource, now: Instant) => EventSource
}

const changing =
  (change: (events: readonly ProviderEvent[]) => readonly ProviderEvent[]) =>
  (source: EventSource): EventSource => ({ ...source, parse: (request) => change(source.parse(request)) })

let serial = 0

/** Each takes a right source that signs the whole body and breaks one promise of it. */
export const eventSourceMutants: readonly EventSourceMutant[] = [
  {
    name: 'believes everybody',
    fails: [
      'event-source/refuses-a-changed-body',
      'event-source/refuses-another-byte',
      'event-source/refuses-the-unsigned',
      'event-source/refuses-another-key',
      'event-source/refuses-another-time',
    ],
    spoil: (source) => ({ ...source, verify: async () => undefined }),
  },
  {
    name: 'checks the body as it was understood, not as it came',
    fails: ['event-source/refuses-another-byte'],
    spoil: (source) => ({
      ...source,
      verify: (request, now) =>
        source.verify({ ...request, body: Buffer.from(Buffer.from(request.body).toString('utf8').trim()) }, now),
    }),
  },
  {
    name: 'does not look at the age',
    fails: ['event-source/refuses-another-time'],
    spoil: (source, now) => ({ ...source, verify: (request) => source.verify(request, now) }),
  },
  {
    name: 'answers a forgery with an error of its own',
    fails: [
      'event-source/refuses-a-changed-body',
      'event-source/refuses-another-byte',
      'event-source/refuses-the-unsigned',
      'event-source/refuses-another-key',
      'event-source/refuses-another-time',
      'event-source/survives-garbage',
    ],
    spoil: (source) => ({
      ...source,
      verify: (request, now) =>
        source.verify(request, now).catch(() => {
          throw new TypeError('undefined is not a function')
        }),
    }),
  },
  {
    name: 'refuses what it has seen',
    fails: ['event-source/replay-has-the-same-keys'],
    spoil: (source) => {
      const seen = new Set<string>()
      return {
        ...source,
        verify: async (request, now) => {
          await source.verify(request, now)
          const body = Buffer.from(request.body).toString('utf8')
          if (seen.has(body)) await source.verify({ ...request, body: Buffer.alloc(0) }, now)
          seen.add(body)
        },
      }
    },
  },
  {
    name: 'makes a key up for each reading',
    fails: ['event-source/replay-has-the-same-keys'],
    spoil: changing((events) =>
      events.map((event) => {
        serial += 1
        return { ...event, key: `key-${serial}` }
      }),
    ),
  },
  {
    name: 'takes the type for the key',
    fails: ['event-source/each-event-has-its-own-key'],
    spoil: changing((events) => events.map((event) => ({ ...event, key: 'event' }))),
  },
  {
    name: 'refuses a batch for one event',
    fails: ['event-source/one-unreadable-event-spoils-no-other'],
    spoil: changing((events) => {
      if (!events.some(({ happened }) => happened.type === 'unreadable')) return events
      throw Object.assign(new Error('unreadable'), { code: 'EVENT_INVALID' })
    }),
  },
  {
    name: 'drops in silence what it cannot read',
    fails: ['event-source/one-unreadable-event-spoils-no-other'],
    spoil: changing((events) => events.filter(({ happened }) => happened.type !== 'unreadable')),
  },
  {
    name: 'forgets which mail it was',
    fails: ['event-source/says-what-happened', 'event-source/knows-the-mail-by-the-header-of-its-relay'],
    spoil: changing((events) => events.map((event) => ({ ...event, message: null }))),
  },
  {
    name: 'loses the recipient',
    fails: ['event-source/says-what-happened', 'event-source/knows-the-mail-by-the-header-of-its-relay'],
    spoil: changing((events) => events.map((event) => ({ ...event, recipient: null }))),
  },
  {
    name: 'lets the error of the JSON reader out',
    fails: ['event-source/survives-garbage'],
    spoil: (source) => ({
      ...source,
      parse: (request) => {
        JSON.parse(Buffer.from(request.body).toString('utf8'))
        return source.parse(request)
      },
    }),
  },
]
