import { type FaultScenario, faultScenarios } from '../faults/scenarios.js'
import { redisFaultRun } from '../redis-fault-run.js'
import { redisFaults } from '../redis-faults.js'
import { type ListedScenario, listed } from './scenario.js'

const promised = { lost: 0, unexpected: 0, doubled: 0, doubledAllowed: 0, notes: [] }

const ofOneProcess = ({ id, about, ci, acceptance, run }: FaultScenario): ListedScenario =>
  listed({
    id,
    about,
    ci,
    acceptance,
    run: async ({ place }, size: number) => ({ ...promised, ...(await run(place, size)) }),
  })

/** What peers, disks and damaged rows do to one process. */
export const peerFaults: readonly ListedScenario[] = faultScenarios.map(ofOneProcess)

export const redisOutages: ListedScenario = listed({
  id: 'F4',
  about: 'Redis is flushed, restarted, evicts, refuses, is away and is silent under two workers',
  ci: { times: 1, lastsMs: 1_500 },
  acceptance: { times: 20, lastsMs: 60_000 },
  async run({ place: { postgresUrl, redisProgram } }, { times, lastsMs }) {
    if (redisProgram === null) throw new Error('No redis-server on the PATH.')
    const faults = Array.from({ length: times }, () => redisFaults).flat()
    const seen = await redisFaultRun({ postgresUrl, redisProgram, faults, lastsMs, workers: 2, rows: 1_000 })
    const { verdict, acknowledged, unfinishedTasks, probesMs } = seen
    return {
      faults: faults.length,
      promises: acknowledged,
      lost: verdict.lost.length,
      unexpected: verdict.unexpected.length,
      doubled: verdict.extraCopies,
      doubledAllowed: 0,
      problems: [
        ...verdict.problems,
        ...seen.problems,
        ...(unfinishedTasks > 0 ? [`${unfinishedTasks} batches are not done`] : []),
      ],
      notes: [`a mail sent at a fault arrived within ${Math.round(Math.max(...probesMs))} ms`],
    }
  },
})
