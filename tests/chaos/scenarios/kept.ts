import { expect } from 'vitest'
import { urlOf } from '../../servers/needs.js'
import { runSeed } from '../seeded-random.js'
import type { ListedScenario } from './scenario.js'

/** Runs a scenario at the size of every test run, says in one line what came of it, and fails with every promise that broke. */
export async function kept(scenario: ListedScenario): Promise<void> {
  const seed = runSeed()
  const given = {
    place: { postgresUrl: urlOf('postgres'), redisUrl: null, redisProgram: null },
    seed,
    queue: undefined,
  }
  const { problems, notes, ...counts } = await scenario.run(given, 'ci')
  const shown = Object.entries(counts).map(([name, count]) => `${name} ${count}`)
  console.log(`${scenario.id} (MAILWRIGHT_CHAOS_SEED=${seed}): ${[...shown, ...notes].join(', ')}`)
  expect(problems).toEqual([])
  expect(counts.faults).toBeGreaterThan(0)
  expect(counts.promises).toBeGreaterThan(0)
}
