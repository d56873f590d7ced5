import { setMaxListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { destination } from './destination.js'
import { afterFailure, unproven } from './standing.js'

const never = new AbortController().signal
setMaxListeners(0, never)

function aDestination(most = 4) {
  const clock = { now: 0 }
  const place = destination({ most, patienceMs: 10_000, now: () => clock.now })
  return { clock, place }
}

/** What has become of a promise by now. */
const now = async <T>(promise: Promise<T>): Promise<T | 'waiting'> => {
  const settled = await Promise.race([promise, new Promise<'waiting'>((resolve) => setImmediate(resolve, 'waiting'))])
  return settled
}

describe('the connections to one group of MX hosts', () => {
  it('T29: are one until something is answered, then twice as many with each answer', async () => {
    const { place } = aDestination()
    expect(await place.take(never)).toBe('taken')
    const second = place.take(never)
    const third = place.take(never)
    expect(await now(second)).toBe('waiting')
    place.answered()
    expect([await now(second), await now(third)]).toEqual(['taken', 'waiting'])
    place.answered()
    expect(await now(third)).toBe('taken')
  })

  it('are never more than the limit, and pass from one to the next in order', async () => {
    const { place } = aDestination(2)
    for (let time = 0; time < 5; time += 1) place.answered()
    expect([await place.take(never), await place.take(never)]).toEqual(['taken', 'taken'])
    const order: number[] = []
    for (const number of [1, 2, 3]) void place.take(never).then(() => order.push(number))
    place.give()
    await now(new Promise(() => undefined))
    expect(order).toEqual([1])
    place.give()
    place.give()
    await now(new Promise(() => undefined))
    expect(order).toEqual([1, 2, 3])
  })

  it('T29: where nothing moves for ten seconds the waiters are sent away, and new ones at once', async () => {
    const { clock, place } = aDestination()
    await place.take(never)
    const waiting = place.take(never)
    clock.now = 10_000
    place.look()
    expect(await now(waiting)).toBe('waiting')
    clock.now = 10_001
    place.look()
    expect([await now(waiting), await place.take(never)]).toEqual(['stuck', 'stuck'])
    expect(place.comeAgainMs()).toBe(10_001)
    clock.now = 60 * 60_000
    expect(place.comeAgainMs()).toBe(10 * 60_000)
    place.give()
    expect(await place.take(never)).toBe('taken')
  })

  it('T29: a group that takes a mail now and then holds no more than it takes in ten seconds, and names the others their turn', async () => {
    const { clock, place } = aDestination(1)
    await place.take(never)
    const left: string[] = []
    for (let number = 0; number < 100; number += 1) void place.take(never).then((how) => left.push(how))
    // One in three seconds: it moves, and the hundredth would wait five minutes.
    for (clock.now = 3_000; clock.now <= 12_000; clock.now += 3_000) {
      place.give()
      place.look()
      await now(new Promise(() => undefined))
    }
    const count = (how: string) => left.filter((one) => one === how).length
    expect([count('taken'), count('crowded')]).toEqual([4, 92])
    expect(await place.take(never)).toBe('crowded')
    const turns = [place.comeAgainMs(), place.comeAgainMs(), place.comeAgainMs()]
    expect(turns).toEqual([12_500, 15_000, 17_500])
    for (let mail = 0; mail < 1_000; mail += 1) place.comeAgainMs()
    expect(place.comeAgainMs()).toBe(10 * 60_000)
    for (let time = 0; time < 5; time += 1) place.give()
    expect([place.busy, await place.take(never), await now(place.take(never))]).toEqual([0, 'taken', 'waiting'])
  })

  it('TSK-12: a group that asks for less rests for ten minutes, also for those who wait already, and then begins with one', async () => {
    const { clock, place } = aDestination()
    place.answered()
    await place.take(never)
    await place.take(never)
    const waiting = place.take(never)
    place.rateLimited()
    expect([await waiting, await place.take(never)]).toEqual(['resting', 'resting'])
    expect(place.comeAgainMs()).toBe(10 * 60_000)
    // One that left before does not end the rest.
    place.answered()
    place.give()
    place.give()
    clock.now = 10 * 60_000 - 1
    expect([await place.take(never), place.forgettable]).toEqual(['resting', false])
    clock.now += 1
    expect(await place.take(never)).toBe('taken')
    expect(await now(place.take(never))).toBe('waiting')
  })

  it('REL-2: who is told to stop waits no longer', async () => {
    const { place } = aDestination()
    await place.take(never)
    const stop = new AbortController()
    const waiting = place.take(stop.signal)
    stop.abort()
    expect([await waiting, await place.take(stop.signal)]).toEqual(['aborted', 'aborted'])
    place.give()
    expect(place.busy).toBe(0)
  })
})

describe('what is known of a group', () => {
  it('is forgotten ten minutes after its last mail, and not before', async () => {
    const { clock, place } = aDestination()
    await place.take(never)
    place.answered()
    clock.now = 20 * 60_000
    expect([place.proven, place.forgettable]).toEqual([true, false])
    place.give()
    expect(place.forgettable).toBe(false)
    clock.now += 10 * 60_000 + 1
    expect(place.forgettable).toBe(true)
  })
})

describe('a host that is not reached', () => {
  it('is left alone for 15 s, 30 s … 10 min', () => {
    let standing = unproven
    const pauses = Array.from({ length: 8 }, () => {
      standing = afterFailure(standing, 1_000)
      return (standing.restUntil - 1_000) / 1_000
    })
    expect(pauses).toEqual([15, 30, 60, 120, 240, 480, 600, 600])
  })
})
