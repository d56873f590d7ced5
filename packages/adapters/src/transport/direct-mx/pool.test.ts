import { setMaxListeners } from 'node:events'
import type { RecipientOutcome } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import type { SessionResult } from '../smtp-lane/mail-in-flight.js'
import type { Hop, Opened } from './open-host.js'
import { places } from './places.js'
import { createPool } from './pool.js'

const never = new AbortController().signal
setMaxListeners(0, never)
const mail = { envelope: { from: 'bounce@mail.example', to: ['ann@a.example'] }, content: Buffer.from('x') }
const hop = (host: string, more: Partial<Hop> = {}): Hop => ({
  host,
  level: 'opportunistic',
  source: { ip: null, ehlo: 'out.mail.example' },
  ...more,
})
const accepted: RecipientOutcome = { type: 'accepted', remoteId: null, reply: null }
const again: SessionResult = { type: 'again', cause: 'connection lost' }
const said = (code: number, enhanced: string): RecipientOutcome => ({
  type: 'refused',
  reply: { code, enhanced, text: `${enhanced} said` },
})
const unreachable = (blames = true): Opened => ({
  type: 'failed',
  stage: 'connect',
  cause: 'ETIMEDOUT',
  reply: null,
  blames,
})

function withResolvers() {
  let resolve: (result: SessionResult) => void = () => undefined
  const promise = new Promise<SessionResult>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

/** A pool whose sessions answer what the script says next, and which counts what was opened. */
function aPool(script: readonly (RecipientOutcome | SessionResult | Opened)[], then?: Promise<SessionResult>) {
  const clock = { now: 0 }
  const opened: string[] = []
  let at = 0
  const next = () => script[at++] ?? accepted
  const pool = createPool({
    perGroup: 4,
    strangers: places({ limit: () => 2, patienceMs: 10_000, now: () => clock.now }),
    patienceMs: 10_000,
    mostIdle: 100,
    now: () => clock.now,
    open: async ({ host, level, source }) => {
      opened.push(`${host} ${level} ${source.ip ?? 'any'}`)
      const failed = script[at]
      if (failed?.type === 'failed') {
        at += 1
        return failed
      }
      const session = {
        usable: true,
        send: async (): Promise<SessionResult> => {
          if (then !== undefined && at >= script.length && host !== 'mx.proven.example') return then
          const said = next()
          if (said.type === 'open' || said.type === 'failed') throw new Error('not a result')
          session.usable = said.type !== 'again'
          return said.type === 'again' || said.type === 'outcomes' ? said : { type: 'outcomes', outcomes: [said] }
        },
        close: async () => undefined,
      }
      return { type: 'open', session }
    },
  })
  const send = async (given: Hop) => {
    const { tried, outcomes } = await pool.send(given, mail, never)
    return [tried, outcomes[0]?.type]
  }
  return { clock, opened, pool, send }
}

describe('the connections of a direct transport', () => {
  it('DIP-3: are used again for the same host, TLS and source, and for nothing else', async () => {
    const { opened, pool, send } = aPool([])
    const other = { ip: '192.0.2.1', ehlo: 'one.mail.example' }
    for (const more of [{}, {}, { level: 'required' as const }, { source: other }, { source: other }])
      expect(await send(hop('mx.a.example', more))).toEqual([true, 'accepted'])
    expect(opened).toEqual([
      'mx.a.example opportunistic any',
      'mx.a.example required any',
      'mx.a.example opportunistic 192.0.2.1',
    ])
    await pool.close()
  })

  it('are replaced once for a mail when an idle one turns out dead, and no more', async () => {
    const { opened, pool, send } = aPool([accepted, again, accepted, again, again])
    expect(await send(hop('mx.a.example'))).toEqual([true, 'accepted'])
    expect(await send(hop('mx.a.example'))).toEqual([true, 'accepted'])
    expect(opened).toHaveLength(2)
    expect(await send(hop('mx.a.example'))).toEqual([true, 'unreached'])
    expect(opened).toHaveLength(3)
    await pool.close()
  })

  it('are not asked for at a host that was not reached, for 15 s, while the others of its group are', async () => {
    const { clock, opened, pool, send } = aPool([unreachable()])
    expect(await send(hop('one.a.example'))).toEqual([true, 'unreached'])
    expect(await send(hop('one.a.example'))).toEqual([false, 'held'])
    expect(await send(hop('two.a.example'))).toEqual([true, 'accepted'])
    expect(opened).toHaveLength(2)
    clock.now = 15_000
    expect(await send(hop('one.a.example'))).toEqual([true, 'accepted'])
    await pool.close()
  })

  it('TSK-12: of a host that has failed three times in a row mail counts as tried, so that it is given up at last', async () => {
    const { clock, pool, send } = aPool([unreachable(), unreachable(), unreachable(), unreachable()])
    const seen: unknown[] = []
    for (const at of [0, 1, 15_000, 15_001, 45_000, 45_001]) {
      clock.now = at
      seen.push(await send(hop('mx.a.example')))
    }
    const tried = [true, 'unreached']
    expect(seen).toEqual([tried, [false, 'held'], tried, [false, 'held'], tried, [false, 'unreached']])
    await pool.close()
  })

  it('T29: mails that wait with one that finds out that the host is not there do not ask for it again', async () => {
    const { clock, opened, pool } = aPool([unreachable(), unreachable()])
    const sent = await Promise.all(Array.from({ length: 20 }, () => pool.send(hop('mx.a.example'), mail, never)))
    expect(sent.map(({ tried }) => tried)).toEqual([true, ...Array(19).fill(false)])
    expect(sent[1]?.outcomes).toMatchObject([{ type: 'held', forMs: 15_000 }])
    expect(opened).toHaveLength(1)
    clock.now = 15_000
    expect((await pool.send(hop('mx.a.example'), mail, never)).tried).toBe(true)
    await pool.close()
  })

  it('T29: connections to one host that break together are one failure', async () => {
    const broken = withResolvers()
    const { clock, pool, send } = aPool([accepted, accepted, accepted], broken.promise)
    for (let time = 0; time < 3; time += 1) await send(hop('mx.a.example'))
    const four = Array.from({ length: 4 }, () => send(hop('mx.a.example')))
    broken.resolve({ type: 'outcomes', outcomes: [{ type: 'unreached', stage: 'data', cause: 'ECONNRESET' }] })
    await Promise.all(four)
    const [outcome] = (await pool.send(hop('mx.a.example'), mail, never)).outcomes
    expect(outcome).toMatchObject({ type: 'held', forMs: 15_000 })
    clock.now = 15_000
    expect((await send(hop('mx.a.example')))[0]).toBe(true)
    await pool.close()
  })

  it('T29: a mail whose last answer never came does not make its server a proven one', async () => {
    const unknown: RecipientOutcome = { type: 'unknown', cause: 'ETIMEDOUT' }
    const silent = withResolvers()
    const { clock, pool, send } = aPool([unknown], silent.promise)
    expect(await send(hop('mx.a.example'))).toEqual([true, 'unknown'])
    const one = send(hop('mx.a.example'))
    const two = send(hop('mx.a.example'))
    clock.now = 10_001
    expect(await send(hop('mx.a.example'))).toEqual([false, 'held'])
    silent.resolve({ type: 'outcomes', outcomes: [accepted] })
    expect([await one, await two]).toEqual([
      [true, 'accepted'],
      [true, 'accepted'],
    ])
    await pool.close()
  })

  it('T29: remembers a few thousand groups, however many there are, and among them those that rest', async () => {
    const { pool, send } = aPool([said(421, '4.7.0')])
    await send(hop('mx.resting.example'))
    for (let group = 0; group < 12_000; group += 1) await pool.send(hop(`mx.d${group}.example`), mail, never)
    expect(pool.groups).toBe(5_000)
    expect(await send(hop('mx2.resting.example'))).toEqual([false, 'held'])
    await pool.close()
  })

  it('DIP-3: no host is to blame for a trouble of ours', async () => {
    const { pool, send } = aPool([unreachable(false), unreachable(false)])
    expect(await send(hop('mx.a.example'))).toEqual([true, 'unreached'])
    expect(await send(hop('mx.a.example'))).toEqual([true, 'unreached'])
    expect(await send(hop('mx.a.example'))).toEqual([true, 'accepted'])
    await pool.close()
  })

  it.each([
    ['421', said(421, '4.7.0'), false],
    ['450 4.7.1', said(450, '4.7.28'), false],
    ['a greeting of 421', { ...unreachable(), reply: { code: 421, enhanced: null, text: 'busy' } }, false],
    ['550', said(550, '5.1.1'), true],
    ['452', said(452, '4.2.2'), true],
  ] as const)('TSK-12: after %s another host of the group is asked at once: %s', async (_, answer, goes) => {
    const { clock, pool, send } = aPool([answer])
    await send(hop('one.a.example'))
    expect((await send(hop('two.a.example')))[0]).toBe(goes)
    expect((await send(hop('mx.b.example')))[0]).toBe(true)
    const other = { ip: '192.0.2.1', ehlo: 'one.mail.example' }
    expect((await send(hop('two.a.example', { source: other })))[0]).toBe(true)
    clock.now = 10 * 60_000
    expect((await send(hop('two.a.example')))[0]).toBe(true)
    await pool.close()
  })

  it('T29: are few to servers that have never answered, so that these leave places for the others', async () => {
    const silent = withResolvers()
    const { clock, pool, send } = aPool([accepted], silent.promise)
    expect(await send(hop('mx.proven.example'))).toEqual([true, 'accepted'])
    const stuck = ['a', 'b', 'c'].map((name) => send(hop(`mx.${name}.example`)))
    expect(await send(hop('mx.proven.example'))).toEqual([true, 'accepted'])
    clock.now = 10_001
    expect(await send(hop('mx.d.example'))).toEqual([false, 'held'])
    silent.resolve({ type: 'outcomes', outcomes: [accepted] })
    expect(await Promise.all(stuck)).toEqual(Array(3).fill([true, 'accepted']))
    expect(await send(hop('mx.d.example'))).toEqual([true, 'accepted'])
    await pool.close()
  })
})
