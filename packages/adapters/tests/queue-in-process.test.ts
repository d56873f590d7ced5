import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { inProcessQueue } from '@mailwright/adapters/queue/in-process'
import {
  failuresOf,
  type QueueUnderTest,
  queueConformance,
  queueMutants,
  recordingRunner,
} from '@mailwright/conformance'
import { describe, expect, it } from 'vitest'

const stepped = async (): Promise<QueueUnderTest> => {
  const clock = steppedClock('2026-03-01T00:00:00Z')
  const another = async () => inProcessQueue({ clock })
  return { queue: inProcessQueue({ clock }), another, now: clock.now, pass: clock.stepBy }
}

queueConformance({ runner: { describe, it, expect }, create: stepped })

describe('the queue suite', () => {
  it('finds nothing wrong with the in-process queue by its own runner either', async () => {
    const { runner, run } = recordingRunner()
    queueConformance({ runner, create: stepped })
    const results = await run()
    expect(results.length).toBeGreaterThan(10)
    expect(failuresOf(results)).toEqual([])
  })

  it.each(queueMutants)('fails $fails for a queue that $name', async ({ spoil, fails }) => {
    const { runner, run } = recordingRunner()
    const create = async () => {
      const made = await stepped()
      return { ...made, queue: spoil(made.queue, made.now) }
    }
    queueConformance({ runner, create, patienceMs: 100 })
    expect(failuresOf(await run())).toEqual(fails)
  })

  it('refuses to leave out a case that does not exist, or without a reason', () => {
    const { runner } = recordingRunner()
    const leaveOut = (id: string, reason: string) => () =>
      queueConformance({ runner, create: stepped, skip: [{ id, reason }] })
    expect(leaveOut('queue/none', 'because')).toThrow('no case queue/none')
    expect(leaveOut('queue/close-twice', ' ')).toThrow('needs a reason')
  })

  it('prints what is left out, and why, in the title of the suite', async () => {
    const { runner, run } = recordingRunner()
    queueConformance({ runner, create: stepped, skip: [{ id: 'queue/close-twice', reason: 'closes by itself' }] })
    const [first] = await run()
    expect(first?.within).toEqual(['queue, without queue/close-twice: closes by itself'])
  })
})
