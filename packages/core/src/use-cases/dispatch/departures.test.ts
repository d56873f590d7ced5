import { inProcessLimiter } from '@mailwright/adapters/limiter/in-process'
import { describe, expect, it } from 'vitest'
import { aClock, aContext, NOON, type TestContext } from '../../../tests/a-context.js'
import { bundle, tryBundle } from '../apply-bundle.js'
import { createInventory } from '../dedicated-ips/index.js'
import { insertRecord } from '../stored.js'
import { departuresOf } from './departures.js'
import { createEngine } from './engine.js'

const IP = '192.0.2.1'
const RATE = 2
const signal = new AbortController().signal

const aWarmIp = insertRecord({
  kind: 'dedicated-ip',
  account: 'acme',
  id: 'ip-1',
  name: IP,
  state: 'active',
  createdAt: NOON,
  data: {
    ip: IP,
    scenario: null,
    tags: {},
    domains: ['domain-1'],
    price: 0,
    startedAt: NOON,
    since: '2020-01-01',
    until: null,
    billed: null,
  },
})

/** One claim of a process of its own; the limiter is what the processes share. */
async function aProcess(ctx: TestContext, messages: readonly string[]) {
  const engine = createEngine(ctx, { signal, stopping: () => false })
  const departures = await departuresOf(engine, {
    account: 'acme',
    domain: 'domain-1',
    messages,
    epoch: 1,
    batch: true,
  })
  await departures.plan()
  return departures
}

/** One that has loaded what it is made of: that takes as long as the disk does. */
async function aLimiter(clock: ReturnType<typeof aClock>) {
  const limiter = inProcessLimiter({ clock })
  await limiter.take({ key: 'first', perSecond: 1_000, count: 1 }, signal)
  return limiter
}

/** The limiter yields through timers of no length. */
const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0))
}

describe('departures of two processes', () => {
  it('DIP-3: a token that is used late keeps those of the other process away for a second after its use', async () => {
    const clock = aClock()
    const inventory = createInventory([{ ip: IP, ehlo: 'mail.operator.example', relay: null }])
    const ctx = aContext({ clock, inventory, limiter: await aLimiter(clock), policy: { ipPerSecond: RATE } })
    await tryBundle(ctx, bundle([aWarmIp]))
    const [one, other] = [await aProcess(ctx, ['a1', 'a2']), await aProcess(ctx, ['b1', 'b2'])]
    void one.waitForPace('a1')
    await settled()
    void other.waitForPace('b1')
    clock.advance(20)
    for (const message of ['a1', 'a2']) {
      expect(one.waitForPace(message)).toBeNull()
      one.depart(message)
    }
    clock.advance(999)
    await settled()
    expect(other.waitForPace('b1')).not.toBeNull()
    clock.advance(1)
    await settled()
    expect(other.waitForPace('b1')).toBeNull()
  })

  it('DIP-3: a token that was not used soon is let go', async () => {
    const clock = aClock()
    const inventory = createInventory([{ ip: IP, ehlo: 'mail.operator.example', relay: null }])
    const ctx = aContext({ clock, inventory, limiter: await aLimiter(clock), policy: { ipPerSecond: RATE } })
    await tryBundle(ctx, bundle([aWarmIp]))
    const one = await aProcess(ctx, ['a1', 'a2'])
    void one.waitForPace('a1')
    await settled()
    expect(one.waitForPace('a1')).toBeNull()
    clock.advance(21)
    expect(one.waitForPace('a1')).not.toBeNull()
  })
})
