import {
  COUNTERS,
  type ProviderEvent,
  type ProviderHappening,
  type RecipientOutcome,
  type Storage,
} from '@mailwright/core'
import { aSource, post, sixEvents } from '../../e2e/a-provider.js'
import { accepted, aService, aTask, DAY, refused, settle } from '../../e2e/a-service.js'

const permutations = <T>(list: readonly T[]): readonly (readonly T[])[] =>
  list.length < 2
    ? [list]
    : list.flatMap((one, index) => permutations(list.filter((_, at) => at !== index)).map((rest) => [one, ...rest]))

/** The 720 orders of the six, each told so many times over. */
export const allOrders = (times: number): readonly (readonly ProviderHappening[])[] =>
  permutations(sixEvents).map((order) => Array.from({ length: times }, () => order).flat())

const novelty: ProviderHappening = { type: 'other', name: 'novelty' }

/** The six, each so many times, and one of an unknown type, shuffled. */
export function shuffled(times: number, random: () => number): readonly ProviderHappening[] {
  return [novelty, ...Array.from({ length: times }, () => sixEvents).flat()]
    .map((happened) => ({ happened, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ happened }) => happened)
}

/** What our own attempt came to, before the provider said anything. */
export const OWN_ANSWERS = ['accepted', 'unknown', 'deferred'] as const
export type OwnAnswer = (typeof OWN_ANSWERS)[number]

const answers: Readonly<Record<OwnAnswer, RecipientOutcome>> = {
  accepted,
  unknown: { type: 'unknown', cause: 'connection-lost' },
  deferred: refused(451, '4.3.0'),
}

const HEARD = ['bounced', 'complained'] as const

export interface OrdersSeen {
  /** How many different sets of facts the mails ended with. */
  readonly ends: number
  /** Of the newest thousand. */
  readonly states: readonly string[]
  /** Counters of the whole account that are not zero, and bounces of the task. */
  readonly counts: Readonly<Record<string, number>>
  readonly ofTask: number
  /** Events of an unknown type that were answered as ignored, and those that the log names. */
  readonly ignored: number
  readonly logged: number
  /** What listeners heard of. */
  readonly heard: Readonly<Record<(typeof HEARD)[number], number>>
  readonly problems: readonly string[]
}

/** F13: one mail for each order of events. The provider posts the first event of every mail, then the second, and so on; now and then all that waits is judged. */
export async function eventOrders(
  orders: readonly (readonly ProviderHappening[])[],
  { own, random, storage }: { readonly own: OwnAnswer; readonly random: () => number; readonly storage?: Storage },
): Promise<OrdersSeen> {
  let logged = 0
  const problems: string[] = []
  const sent: { readonly id: string; readonly recipient: string }[] = []
  const service = await aService({
    ...(storage ? { storage } : {}),
    policy: { startLevel: 20, onUnknown: 'stop' },
    answer: ({ id, envelope }) => {
      sent.push({ id, recipient: envelope.to[0] ?? '' })
      return answers[own]
    },
    more: {
      eventSources: { tiny: aSource },
      logger: {
        log(level, event, fields) {
          if (event === 'provider-event-ignored') logged += 1
          if (level === 'error') problems.push(`${event} ${JSON.stringify(fields)}`)
        },
      },
    },
  })
  const { mail, clock } = service
  const { id } = await aTask(service, orders.length)
  await settle(service)
  const heard = { bounced: 0, complained: 0 }
  for (const type of HEARD)
    mail.on(type, () => {
      heard[type] += 1
    })
  await clock.stepBy(60_000)
  const at = clock.now()
  const rounds = Math.max(...orders.map(({ length }) => length))
  let ignored = 0
  for (let round = 0; round < rounds; round += 1) {
    const events = orders.flatMap((order, index): ProviderEvent[] => {
      const [happened, one] = [order[round], sent[index]]
      return happened && one
        ? [{ key: `${index}:${happened.type}`, at, message: one.id, recipient: one.recipient, happened }]
        : []
    })
    for (let from = 0; from < events.length; from += 250)
      for (const { outcome } of (await post(service, events.slice(from, from + 250))).events)
        if (outcome === 'ignored') ignored += 1
    if (random() < 0.5) await settle(service)
  }
  await settle(service)
  const rows = (await Promise.all(hundreds(sent).map((ids) => service.storage.read.messages(ids)))).flat()
  const [all] = await service.storage.read.tallies({
    cube: 'sender',
    account: 'default',
    from: 0,
    to: at + DAY,
    by: [],
  })
  const task = await mail.tasks.get(id)
  const { items } = await mail.deliveries.messages({ limit: 1_000 })
  await mail.stop({ drainMs: 0 })
  return {
    ends: new Set(rows.map(({ facts }) => facts)).size,
    states: [...new Set(items.map(({ state }) => state))],
    counts: notZero(all?.counts ?? {}),
    ofTask: task.bounced,
    ignored,
    logged,
    heard,
    problems,
  }
}

const hundreds = (sent: readonly { readonly id: string }[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(sent.length / 100) }, (_, at) =>
    sent.slice(at * 100, at * 100 + 100).map(({ id }) => id),
  )

/** In the order of `COUNTERS`. */
const notZero = (counts: Readonly<Partial<Record<string, number>>>): Readonly<Record<string, number>> =>
  Object.fromEntries(COUNTERS.flatMap((name) => (counts[name] ? [[name, counts[name]]] : [])))

/** What F13 asks of so many mails, each of which was told of so many unknown things. */
export function wantedOf(own: OwnAnswer, mails: number, unknown: number): OrdersSeen {
  const once = ['accepted', 'handedOver', 'deferred', 'delivered', 'bouncedHard', 'invalid', 'opened', 'humanOpened']
  const ownFacts = own === 'unknown' ? ['unknown', 'failed'] : []
  const names = [...once, 'unsubscribed', 'complained', 'opens', ...ownFacts]
  return {
    ends: 1,
    states: ['bounced'],
    counts: notZero(Object.fromEntries(names.map((name) => [name, mails]))),
    ofTask: mails,
    ignored: unknown * mails,
    logged: unknown * mails,
    heard: { bounced: mails, complained: mails },
    problems: [],
  }
}
