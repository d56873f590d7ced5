import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { describe, expect, it } from 'vitest'
import type { FetchedPolicy } from './fetch-policy.js'
import { policyBook } from './policy-book.js'

const DAY = 86_400_000
const text = (mode: string, maxAge = 604_800) =>
  `version: STSv1\nmode: ${mode}\nmx: mx.office.example\nmax_age: ${maxAge}\n`

function aBook() {
  const state = {
    now: 0,
    fetched: 0,
    answer: { type: 'fetched', text: text('enforce') } as FetchedPolicy,
    failures: [] as string[],
  }
  const dns = fixedDns()
  const announce = (id: string) => dns.set('_mta-sts.office.example', { txt: [`v=STSv1; id=${id};`] })
  const book = policyBook({
    dns,
    now: () => state.now,
    failed: (_, cause) => state.failures.push(cause),
    fetchPolicy: async () => {
      state.fetched += 1
      return state.answer
    },
  })
  const mode = async () => (await book.of('office.example'))?.mode ?? null
  return { state, dns, announce, book, mode }
}

describe('the MTA-STS policies that are known', () => {
  it('K10: one that is announced is fetched once and holds, for many who ask at once', async () => {
    const { announce, book, state } = aBook()
    announce('1')
    const policies = await Promise.all(Array.from({ length: 50 }, () => book.of('office.example')))
    expect(new Set(policies.map((policy) => policy?.mode))).toEqual(new Set(['enforce']))
    expect(state.fetched).toBe(1)
  })

  it('nothing is fetched of a domain that announces nothing', async () => {
    const { mode, state } = aBook()
    expect([await mode(), state.fetched]).toEqual([null, 0])
  })

  it('K10: holds for its max_age, whether the announcement goes away, DNS fails or the file is gone', async () => {
    const { announce, dns, mode, state } = aBook()
    announce('1')
    await mode()
    state.answer = { type: 'failed', cause: 'ECONNREFUSED' }
    state.now += DAY
    dns.remove('_mta-sts.office.example')
    expect(await mode()).toBe('enforce')
    state.now += DAY
    dns.fail('_mta-sts.office.example')
    expect(await mode()).toBe('enforce')
    state.now += DAY
    announce('2')
    expect([await mode(), state.failures]).toEqual(['enforce', ['ECONNREFUSED']])
    state.now += 5 * DAY
    expect(await mode()).toBeNull()
  })

  it('K10: is renewed before it runs out, so that no mail finds it gone between two looks', async () => {
    const { announce, book, mode, state } = aBook()
    announce('1')
    const seen = new Set<string | null>()
    for (const minutes of Array.from({ length: 3 * 7 * 24 * 6 }, (_, tenth) => tenth * 10 + (tenth % 7))) {
      state.now = minutes * 60_000
      seen.add(await mode())
      state.now += 4 * 60_000
      const known = book.known('office.example')
      seen.add(known === undefined ? await mode() : (known?.mode ?? null))
    }
    expect([...seen]).toEqual(['enforce'])
    expect(state.fetched).toBeLessThan(10)
  })

  it('K10: is asked for when it has run out meanwhile, before mail goes without it', async () => {
    const { announce, book, mode, state } = aBook()
    announce('1')
    state.answer = { type: 'fetched', text: text('enforce', 60) }
    await mode()
    state.now = 61_000
    expect([book.known('office.example'), await mode(), state.fetched]).toEqual([undefined, 'enforce', 2])
  })

  it('K10: is not pushed out by domains that have none', async () => {
    const { announce, mode, book, state } = aBook()
    announce('1')
    await mode()
    for (let other = 0; other < 20_001; other += 1) await book.of(`d${other}.example`)
    state.answer = { type: 'failed', cause: 'ECONNREFUSED' }
    state.now += 6 * 60_000
    expect(await mode()).toBe('enforce')
  })

  it('is fetched again when the announcement changes, and the new one counts', async () => {
    const { announce, mode, state } = aBook()
    announce('1')
    await mode()
    state.answer = { type: 'fetched', text: text('testing') }
    state.now += DAY
    expect([await mode(), state.fetched]).toEqual(['enforce', 1])
    announce('2')
    state.now += DAY
    expect([await mode(), state.fetched]).toEqual(['testing', 2])
    state.answer = { type: 'fetched', text: text('none') }
    announce('3')
    state.now += DAY
    expect(await mode()).toBeNull()
  })

  it('one that cannot be had is asked for again after five minutes, not with every mail', async () => {
    const { announce, mode, state } = aBook()
    announce('1')
    state.answer = { type: 'fetched', text: '<html>' }
    expect([await mode(), await mode(), state.fetched, state.failures]).toEqual([null, null, 1, ['not a policy']])
    state.answer = { type: 'fetched', text: text('enforce') }
    state.now += 5 * 60_000
    expect([await mode(), state.fetched]).toEqual(['enforce', 2])
  })
})
