import { isMailError } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { countingCalls, failAfter, failBefore } from './faults.js'

const counter = () => {
  let count = 0
  const add = async (by: number): Promise<number> => {
    count += by
    return count
  }
  return { name: 'counter', add, read: { count: async () => count }, close: () => 'closed' }
}

const outcomes = async (port: ReturnType<typeof counter>, calls: number): Promise<readonly unknown[]> => {
  const seen: unknown[] = []
  for (let call = 0; call < calls; call += 1) {
    seen.push(await port.add(1).catch((error: unknown) => (isMailError(error) ? error.code : error)))
  }
  return seen
}

describe('faults', () => {
  it('fails the n-th call before it does anything, and only that one', async () => {
    expect(await outcomes(failBefore(counter(), 2), 4)).toEqual([1, 'ADAPTER_FAILED', 2, 3])
  })

  it('fails the n-th call after it has done its work', async () => {
    expect(await outcomes(failAfter(counter(), 2), 4)).toEqual([1, 'ADAPTER_FAILED', 3, 4])
  })

  it('fails all later calls too when the process is dead', async () => {
    const port = counter()
    expect(await outcomes(failAfter(port, 2, { after: 'dead', error: 'gone' }), 4)).toEqual([1, 'gone', 'gone', 'gone'])
    expect(await port.read.count()).toBe(2)
  })

  it('counts the verbs of objects within the port, and leaves other members and excepted verbs alone', async () => {
    const { port, calls } = countingCalls(counter(), { except: ['close'] })
    await port.add(3)
    expect([await port.read.count(), port.name, port.close()]).toEqual([3, 'counter', 'closed'])
    expect(calls).toEqual(['add', 'read.count'])
    const failing = failBefore(counter(), 2)
    await failing.add(1)
    expect(await failing.read.count().catch(() => 'failed')).toBe('failed')
  })
})
