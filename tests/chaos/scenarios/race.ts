import type { MailServiceOptions } from '@mailwright/core'
import { type Answer, type Call, endings } from '../calls.js'
import { seededRandom } from '../seeded-random.js'
import type { RunningWorker } from '../worker-fleet.js'
import { type ListedScenario, listed } from './scenario.js'
import { aShop, type Shop } from './shop.js'

/** Processes that call the service at once, none of which sends. */
const ACTORS = 4

export interface Race {
  readonly shop: Shop
  readonly actors: readonly RunningWorker[]
  readonly random: () => number
  /** Makes all calls at once, spread over the processes; answered in their order. */
  all(calls: readonly Call[]): Promise<readonly Answer[]>
  /** What went wrong if the calls did not end as often in each way as they should have. */
  expectEnds(what: string, answers: readonly Answer[], expected: Readonly<Record<string, number>>): void
  /** What went wrong if it is not so. */
  expect(what: string, is: boolean): void
}

interface RaceOptions {
  readonly id: string
  readonly about: string
  readonly rounds: { readonly ci: number; readonly acceptance: number }
  readonly policy?: NonNullable<MailServiceOptions['policy']>
  /** On an installation of its own; resolves with the number of calls or mails it was about. */
  round(race: Race): Promise<number>
}

export const call = (path: string, ...args: readonly unknown[]): Call => ({ path: path.split('.'), args })

async function spread(actors: readonly RunningWorker[], calls: readonly Call[]): Promise<readonly Answer[]> {
  const shares = actors.map((_, actor) => calls.filter((_, index) => index % actors.length === actor))
  const answers = await Promise.all(actors.map((actor, index) => actor.call(shares[index] ?? [])))
  return calls.flatMap((_, index) => answers[index % actors.length]?.[Math.floor(index / actors.length)] ?? [])
}

/** Calls of several processes that want the same thing at once, judged by what holds whoever wins. */
export const race = ({ id, about, rounds, policy = {}, round }: RaceOptions): ListedScenario =>
  listed<number>({
    id,
    about,
    ci: rounds.ci,
    acceptance: rounds.acceptance,
    async run({ place, seed, queue }, times) {
      const random = seededRandom(seed)
      const problems: string[] = []
      let promises = 0
      for (let number = 0; number < times; number += 1) {
        const shop = await aShop({
          postgresUrl: place.postgresUrl,
          policy: { startLevel: 20, chunkRows: 100, unsettledMax: 50, ...policy },
          queue,
        })
        const wrong = (what: string) => problems.push(`round ${number + 1}: ${what}`)
        try {
          const actors = await Promise.all(Array.from({ length: ACTORS }, () => shop.start({ worker: false })))
          promises += await round({
            shop,
            actors,
            random,
            all: (calls) => spread(actors, calls),
            expectEnds(what, answers, expected) {
              const found = endings(answers)
              const same = Object.keys({ ...found, ...expected }).every((end) => found[end] === expected[end])
              if (!same) wrong(`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`)
            },
            expect: (what, is) => void (is || wrong(what)),
          })
          for (const problem of shop.fleet.problems) wrong(problem)
        } finally {
          await shop.close()
        }
      }
      const none = { lost: 0, unexpected: 0, doubled: 0, doubledAllowed: 0 }
      return { faults: times, promises, ...none, problems, notes: [`${ACTORS} processes`] }
    },
  })
