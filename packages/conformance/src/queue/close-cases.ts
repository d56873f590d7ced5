import type { Case } from '../register-cases.js'
import { aJob, listen, type QueueBench, within } from './bench.js'

const gate = () => {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

export const closeCases: readonly Case<QueueBench>[] = [
  {
    id: 'queue/close-drains',
    run: async (bench) => {
      const { open, opened } = gate()
      const events: string[] = []
      const ear = await listen(bench, async (_, signal) => {
        await opened
        events.push(signal.aborted ? 'handler aborted' : 'handler ended')
      })
      await bench.queue.publish([aJob('long', bench.now())])
      await ear.rung('long')
      const closed = bench.queue.close({ drainMs: 60_000 }).then(() => events.push('closed'))
      // An impatient queue has aborted by then.
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
      open()
      await within(bench.patienceMs, 'the end of close', closed)
      bench.expect(events).toEqual(['handler ended', 'closed'])
    },
  },
  {
    id: 'queue/close-aborts-after-drain',
    run: async (bench) => {
      let aborted = false
      const ear = await listen(
        bench,
        (_, signal) =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => {
              aborted = true
              resolve()
            })
          }),
      )
      await bench.queue.publish([aJob('endless', bench.now())])
      await ear.rung('endless')
      const closed = bench.queue.close({ drainMs: 100 })
      await bench.pass(100)
      await within(bench.patienceMs, 'the end of close', closed)
      bench.expect(aborted).toBe(true)
    },
  },
  {
    id: 'queue/close-rings-no-more',
    run: async (bench) => {
      const ear = await listen(bench)
      await bench.queue.publish([aJob('later', bench.now() + 500)])
      await within(bench.patienceMs, 'the end of close', bench.queue.close({ drainMs: 0 }))
      await bench.pass(600)
      bench.expect(ear.ids()).toEqual([])
    },
  },
  {
    id: 'queue/close-twice',
    run: async (bench) => {
      await bench.queue.close({ drainMs: 0 })
      await within(bench.patienceMs, 'the end of the second close', bench.queue.close({ drainMs: 0 }))
      bench.expect(bench.queue.name.length > 0).toBe(true)
    },
  },
]
