import type { Case } from '../register-cases.js'
import { afterQuiet, aJob, listen, type QueueBench, within } from './bench.js'
import { closeCases } from './close-cases.js'

const minute = 60_000

const ringCases: readonly Case<QueueBench>[] = [
  {
    id: 'queue/rings-each-job',
    run: async (bench) => {
      const ear = await listen(bench)
      const jobs = Array.from({ length: 50 }, (_, index) => aJob(`job-${index}`, bench.now()))
      await bench.queue.publish(jobs)
      await Promise.all(jobs.map(({ id }) => ear.rung(id)))
      bench.expect(new Set(ear.ids()).size).toBe(50)
    },
  },
  {
    id: 'queue/rings-what-was-published-before-anybody-listened',
    run: async (bench) => {
      await bench.queue.publish([aJob('early', bench.now())])
      const ear = await listen(bench)
      await ear.rung('early')
      bench.expect(ear.ids()).toEqual(['early'])
    },
  },
  {
    id: 'queue/rings-what-was-published',
    run: async (bench) => {
      const ear = await listen(bench)
      const job = { id: 'a:1', kind: 'callback', ref: 'ref with spaces / 姓名', runAt: bench.now() }
      await bench.queue.publish([job])
      await ear.rung(job.id)
      await afterQuiet(bench, ear, 'marker')
      const strangers = ear.heard.filter(({ id }) => id !== 'marker' && id !== job.id)
      bench.expect([ear.heard[0], strangers]).toEqual([job, []])
    },
  },
  {
    id: 'queue/rings-not-before',
    run: async (bench) => {
      const ear = await listen(bench)
      await bench.queue.publish([aJob('later', bench.now() + minute)])
      await afterQuiet(bench, ear, 'marker')
      bench.expect(ear.ids()).toEqual(['marker'])
    },
  },
  {
    id: 'queue/rings-when-due',
    run: async (bench) => {
      const rangAt = new Map<string, number>()
      const ear = await listen(bench, async ({ id }) => void rangAt.set(id, bench.now()))
      const due = bench.now() + 200
      await bench.queue.publish([aJob('second', due), aJob('first', due - 100)])
      await bench.pass(200)
      await Promise.all([ear.rung('first'), ear.rung('second')])
      const early = [rangAt.get('first') ?? 0, rangAt.get('second') ?? 0].map(
        (at, index) => at < due - 100 + index * 100,
      )
      bench.expect(early).toEqual([false, false])
    },
  },
  {
    id: 'queue/merges-same-id',
    run: async (bench) => {
      const ear = await listen(bench)
      const due = bench.now() + 1_000
      await bench.queue.publish([aJob('one', due), aJob('one', due)])
      await bench.queue.publish([aJob('one', due)])
      await bench.pass(1_000)
      await ear.rung('one')
      await afterQuiet(bench, ear, 'marker')
      bench.expect(ear.ids().filter((id) => id === 'one').length).toBe(1)
    },
  },
  {
    id: 'queue/rings-again-once-rung',
    run: async (bench) => {
      const ear = await listen(bench)
      await bench.queue.publish([aJob('one', bench.now())])
      await ear.rung('one')
      await afterQuiet(bench, ear, 'marker')
      await bench.queue.publish([aJob('one', bench.now())])
      await afterQuiet(bench, ear, 'end')
      bench.expect(ear.ids()).toEqual(['one', 'marker', 'one', 'end'])
    },
  },
  {
    id: 'queue/rings-again-while-handled',
    run: async (bench) => {
      let finish: () => void = () => undefined
      const work = new Promise<void>((resolve) => {
        finish = resolve
      })
      let rings = 0
      let again: () => void = () => undefined
      const second = new Promise<void>((resolve) => {
        again = resolve
      })
      const ear = await listen(bench, async () => {
        rings += 1
        if (rings === 2) again()
        if (rings === 1) await work
      })
      await bench.queue.publish([aJob('one', bench.now())])
      await ear.rung('one')
      await bench.queue.publish([aJob('one', bench.now())])
      finish()
      await within(bench.patienceMs, 'a second ring', second)
      bench.expect(ear.ids()).toEqual(['one', 'one'])
    },
  },
  {
    id: 'queue/outlives-a-rejecting-handler',
    run: async (bench) => {
      const ear = await listen(bench, async ({ id }) => {
        if (id === 'bad') throw new Error('a handler may fail')
      })
      await bench.queue.publish([aJob('bad', bench.now())])
      await ear.rung('bad')
      await bench.queue.publish([aJob('good', bench.now())])
      await ear.rung('good')
      bench.expect(ear.ids().at(-1)).toBe('good')
    },
  },
  {
    id: 'queue/stop-waits-and-rings-no-more',
    run: async (bench) => {
      let finish: () => void = () => undefined
      const work = new Promise<void>((resolve) => {
        finish = resolve
      })
      let ended = false
      const ear = await listen(bench, async () => {
        await work
        ended = true
      })
      await bench.queue.publish([aJob('long', bench.now())])
      await ear.rung('long')
      const stopped = ear.consumer.stop()
      finish()
      await within(bench.patienceMs, 'the end of stop', stopped)
      bench.expect(ended).toBe(true)
      const other = await listen(bench)
      await afterQuiet(bench, other, 'marker')
      bench.expect(ear.ids()).toEqual(['long'])
    },
  },
]

const declaredCases: readonly Case<QueueBench>[] = [
  {
    id: 'queue/shared-as-declared',
    run: async (bench) => {
      const ear = await listen(bench)
      const other = await bench.another()
      try {
        await within(bench.patienceMs, 'the end of publish', other.publish([aJob('elsewhere', bench.now())]))
        if (bench.queue.capabilities.shared) await ear.rung('elsewhere')
        await afterQuiet(bench, ear, 'marker')
        const expected = bench.queue.capabilities.shared ? ['elsewhere', 'marker'] : ['marker']
        bench.expect(ear.ids()).toEqual(expected)
      } finally {
        await other.close({ drainMs: 0 })
      }
    },
  },
  {
    id: 'queue/inspect-answers',
    run: async (bench) => {
      const findings = await within(bench.patienceMs, 'what inspect found', bench.queue.inspect())
      const wrong = findings.filter(({ code, fix }) => !/^[A-Z][A-Z\d_]*$/.test(code) || fix === '')
      bench.expect(wrong).toEqual([])
    },
  },
]

/** All cases, in the order of their run. */
export const queueCases: readonly Case<QueueBench>[] = [...ringCases, ...declaredCases, ...closeCases]
