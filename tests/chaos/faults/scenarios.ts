import { seededRandom } from '../seeded-random.js'
import { aPostgres } from './corrupt-databases.js'
import { type Corruption, corruptions } from './corrupt-kinds.js'
import { corruptRecords } from './corrupt-records.js'
import type { Database } from './corrupt-world.js'
import { allOrders, eventOrders, type OrdersSeen, OWN_ANSWERS, shuffled, wantedOf } from './event-orders.js'
import { RECEIVER_FAULTS } from './hostile-receiver.js'
import { receiverFault } from './receiver-faults.js'
import { sleepFor } from './sleeping.js'
import { cutOff, neverTaken, type PutOffBy, putOff, type SmtpFaultSeen } from './smtp-faults.js'

/** What came of a scenario; no problems: every promise was kept. */
export interface FaultReport {
  readonly faults: number
  readonly promises: number
  readonly problems: readonly string[]
}

/** A fault of reliability §3.2 with its numbers for every run of the tests and for acceptance. */
export interface FaultScenario {
  readonly id: string
  readonly about: string
  readonly ci: number
  readonly acceptance: number
  run(place: { readonly postgresUrl: string }, size: number): Promise<FaultReport>
}

/** Names each field of what was seen that is not as wanted. */
function unlike(what: string, seen: object, wanted: Readonly<Record<string, unknown>>): readonly string[] {
  const given = new Map(Object.entries(seen))
  return Object.entries(wanted).flatMap(([field, value]) => {
    const [is, should] = [JSON.stringify(given.get(field)), JSON.stringify(value)]
    return is === should ? [] : [`${what}: ${field} is ${is}, not ${should}`]
  })
}

interface Try {
  readonly what: string
  problems(): Promise<readonly string[]>
}

/** One after the other; each is a fault that `promised` mails or events meet. */
async function tried(tries: readonly Try[], promised: number): Promise<FaultReport> {
  const problems: string[] = []
  for (const one of tries)
    problems.push(...(await one.problems().catch((error: unknown) => [`${one.what}: ${String(error)}`])))
  return { faults: tries.length, promises: tries.length * promised, problems }
}

const smtpTry = (what: string, run: () => Promise<SmtpFaultSeen>, wanted: Readonly<Record<string, unknown>>): Try => ({
  what,
  problems: async () => unlike(what, await run(), { renamed: 0, ...wanted }),
})

export const cutConnections: FaultScenario = {
  id: 'F5',
  about: 'a server hangs up: at its greeting, in RCPT, at DATA, after the final dot, and there with onUnknown stop',
  ci: 20,
  acceptance: 100,
  run: (_, mails) => {
    const whole = { end: { delivered: mails }, blocked: 0, bounces: 0 }
    const stages = ['greeting', 'rcpt', 'data'] as const
    return tried(
      [
        ...stages.map((at) => smtpTry(at, () => cutOff(at, mails), { ...whole, doubled: 0 })),
        smtpTry('dot', () => cutOff('dot', mails), { ...whole, during: { unknown: mails } }),
        smtpTry('dot, stop', () => cutOff('dot', mails, 'stop'), { doubled: 0, blocked: 0, bounces: 0 }),
      ],
      mails,
    )
  },
}

const POSTPONEMENTS: readonly PutOffBy[] = ['greylisting', '421 greeting', '421 mail', '421 rcpt', '421 dot', 'mixed']

export const postponements: FaultScenario = {
  id: 'F7',
  about: 'a server puts mail off in six ways, refuses one of twenty for good, or never takes any',
  ci: 40,
  acceptance: 1_000,
  run: (_, mails) => {
    const bad = mails / 20
    return tried(
      [
        ...POSTPONEMENTS.map((by) =>
          smtpTry(by, () => putOff(by, mails), { end: { delivered: mails }, blocked: 0, bounces: 0 }),
        ),
        smtpTry('one of 20', () => putOff('one of 20 refused', mails), { doubled: 0, blocked: bad, bounces: bad }),
        smtpTry('for ever', () => neverTaken(mails), { end: { bounced: mails }, blocked: 0, bounces: mails }),
      ],
      mails,
    )
  },
}

export const asleep: FaultScenario = {
  id: 'F11',
  about: 'a process sleeps for 26 hours and more in the middle of a paused batch',
  ci: 2,
  acceptance: 20,
  run: (_, times) =>
    tried(
      Array.from({ length: times }, (_nothing, at): Try => {
        const hours = 26 + at
        const wanted = { before: 'paused', after: 'done', delivered: 1_200, expired: 0, runsBefore: 0, runsAtWaking: 1 }
        return { what: `${hours} h`, problems: async () => unlike(`${hours} h`, await sleepFor(hours), wanted) }
      }),
      1_200,
    ),
}

export const hostileReceivers: FaultScenario = {
  id: 'F12',
  about: 'a receiver of callbacks misbehaves for two hours in nine ways, then is well',
  ci: 60,
  acceptance: 10_000,
  run: (_, events) =>
    tried(
      RECEIVER_FAULTS.map((fault): Try => {
        const state = fault === '410' ? 'gone' : 'active'
        const wanted = { sentAtOnce: events, told: events, strangeIds: 0, parked: 0, state }
        return { what: fault, problems: async () => unlike(fault, await receiverFault(fault, events, 2), wanted) }
      }),
      events,
    ),
}

/** Random orders beyond the 720. */
const SHUFFLES = 10_000

export const disorderedEvents: FaultScenario = {
  id: 'F13',
  about: `all 720 orders of six events of a provider, and ${SHUFFLES.toLocaleString('en')} random ones with an unknown type among them, each event told so many times`,
  ci: 2,
  acceptance: 5,
  async run({ postgresUrl }, times) {
    const random = seededRandom(times)
    const orders = allOrders(times)
    const shuffles = Array.from({ length: SHUFFLES }, () => shuffled(times, random))
    const eventTry = (what: string, run: () => Promise<OrdersSeen>, wanted: OrdersSeen): Try => ({
      what,
      problems: async () => unlike(what, await run(), { ...wanted }),
    })
    const database = aPostgres(postgresUrl, `events_${process.pid}`)
    const sample = shuffles.slice(0, 100)
    try {
      return await tried(
        [
          ...OWN_ANSWERS.map((own) =>
            eventTry(`720 after ${own}`, () => eventOrders(orders, { own, random }), wantedOf(own, orders.length, 0)),
          ),
          eventTry(
            'random',
            () => eventOrders(shuffles, { own: 'accepted', random }),
            wantedOf('accepted', shuffles.length, 1),
          ),
          eventTry(
            'Postgres',
            () => eventOrders(sample, { own: 'deferred', random, storage: database.storage }),
            wantedOf('deferred', sample.length, 1),
          ),
        ],
        SHUFFLES,
      )
    } finally {
      await database.close()
    }
  },
}

export const damagedRows: FaultScenario = {
  id: 'F18',
  about: `${corruptions.length} kinds of damaged rows, so many times over, in one process on Postgres`,
  ci: 1,
  acceptance: 5,
  async run({ postgresUrl }, rounds) {
    const database = aPostgres(postgresUrl, `corrupt_${process.pid}`)
    const { seen, problems } = await damageProblems(database, rounds, corruptions)
    return { faults: seen, promises: seen * 4, problems }
  },
}

/** How many rows were damaged, and what of each was not as it says; closes the database. */
export async function damageProblems(database: Database, rounds: number, kinds: readonly Corruption[]) {
  try {
    const seen = await corruptRecords(database, rounds, kinds)
    const problems = seen.flatMap((one, index) => {
      const { reached = [], afterwards, tells = 0 } = kinds[index % kinds.length] ?? { afterwards: [] }
      return unlike(one.about, one, {
        missedElsewhere: [],
        named: true,
        reachedBefore: reached,
        reachedAfter: afterwards,
        told: tells,
        stillParked: 0,
      })
    })
    return { seen: seen.length, problems }
  } finally {
    await database.close()
  }
}

/** For the list of the script that runs them at acceptance. */
export const faultScenarios: readonly FaultScenario[] = [
  cutConnections,
  postponements,
  asleep,
  hostileReceivers,
  disorderedEvents,
  damagedRows,
]
