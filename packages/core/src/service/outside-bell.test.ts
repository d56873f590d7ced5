import { describe, expect, it } from 'vitest'
import type { Job, Queue } from '../ports/queue.js'
import { createOutsideBell } from './outside-bell.js'

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** A queue whose publishing ends when the test says so. */
const aStage = () => {
  const published: Job[] = []
  const ends: { readonly done: () => void; readonly fail: (error: Error) => void }[] = []
  const logged: string[] = []
  let now = 1_000_000
  const queue: Queue = {
    name: 'staged',
    capabilities: { durable: false, shared: true },
    publish: (jobs) => {
      published.push(...jobs)
      return new Promise((done, fail) => ends.push({ done, fail }))
    },
    consume: async () => ({ stop: async () => undefined }),
    inspect: async () => [{ level: 'warning', code: 'QUEUE_EVICTS', message: 'it evicts', fix: 'do not' }],
    close: async () => undefined,
  }
  const bell = createOutsideBell(queue, {
    clock: { now: () => now, sleepUntil: async () => undefined },
    logger: { log: (level, event, { lost, code }) => void logged.push(`${level} ${event} ${lost ?? code}`) },
  })
  const end = async (error?: Error) => {
    const one = ends.shift()
    if (error === undefined) one?.done()
    else one?.fail(error)
    await turn()
  }
  const pass = (ms: number): void => {
    now += ms
  }
  return { bell, published, logged, end, waiting: ends, pass }
}

describe('the bell that rings in other processes', () => {
  it('sends one ring of a kind at a time, and one more for all that came meanwhile', async () => {
    const { bell, published, waiting, end } = aStage()
    for (let count = 0; count < 1_000; count++) bell.ring('send')
    bell.ring('chunk')
    expect(published.map(({ kind }) => kind)).toEqual(['send', 'chunk'])
    await end()
    expect(published.map(({ kind }) => kind)).toEqual(['send', 'chunk', 'send'])
    await end()
    await end()
    expect(waiting).toEqual([])
    bell.ring('send')
    expect(published).toHaveLength(4)
  })

  it('sends ids only, due already by the clock of any machine', async () => {
    const { bell, published } = aStage()
    bell.ring('send')
    expect(published).toEqual([{ id: 'ring:send', kind: 'send', ref: '', runAt: 0 }])
  })

  it('F4: tells of lost rings once, then every half minute with the number, and when they are heard again', async () => {
    const { bell, logged, end, pass } = aStage()
    const away = new Error('away')
    for (let count = 0; count < 100; count++) {
      bell.ring('send')
      await end(away)
    }
    expect(logged).toEqual(['warn ring-lost 1'])
    pass(30_000)
    bell.ring('send')
    await end(away)
    bell.ring('send')
    await end()
    expect(logged).toEqual(['warn ring-lost 1', 'warn ring-lost 101', 'info ring-heard 101'])
  })

  it('F4: rings again after a failure what was rung meanwhile', async () => {
    const { bell, published, end } = aStage()
    bell.ring('send')
    bell.ring('send')
    await end(new Error('away'))
    expect(published).toHaveLength(2)
  })

  it('logs what the queue says of what it stands on', async () => {
    const { bell, logged } = aStage()
    await bell.inspected()
    expect(logged).toEqual(['warn queue-finding QUEUE_EVICTS'])
  })
})
