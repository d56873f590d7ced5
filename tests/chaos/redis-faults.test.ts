import { expect, it } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { redisFaultRun } from './redis-fault-run.js'
import { redisFaults } from './redis-faults.js'

/** The acceptance run inflicts each 20 times, with an outage of 60 s. */
const LASTS_MS = 1_500

needs('postgres', 'redis-server')('Redis fails under the queue while batches run in two worker processes', () => {
  it('F4, REL-1: flushed, restarted, evicting, refusing, away and silent, twice each: nothing is lost or doubled, all is final, work goes on', {
    timeout: 240_000,
  }, async () => {
    const faults = [...redisFaults, ...redisFaults]
    const outcome = await redisFaultRun({
      postgresUrl: urlOf('postgres'),
      redisProgram: urlOf('redis-server'),
      faults,
      lastsMs: LASTS_MS,
      workers: 2,
      rows: 1_000,
    })
    const { verdict, problems, probesMs, unfinishedTasks, acknowledged, ringsLostLines } = outcome
    const probes = probesMs.map((ms, at) => `${faults[at]} ${Math.round(ms)}`).join(', ')
    console.log(
      `F4: ${faults.length} faults over ${acknowledged} recipients, lost ${verdict.lost.length}, doubled ${verdict.extraCopies};` +
        ` ms until a mail sent at the fault had arrived: ${probes}`,
    )
    expect(verdict.problems).toEqual([])
    expect(verdict.extraCopies).toBe(0)
    expect(problems).toEqual([])
    expect(unfinishedTasks).toBe(0)
    expect(probesMs).toHaveLength(faults.length)
    expect(Math.max(...probesMs)).toBeLessThan(60_000)
    // One line says it for a while.
    expect(ringsLostLines).toBeLessThanOrEqual(faults.length)
  })
})
