import { isMailError } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aDnsService, NEWS, publish, withNews } from './a-dns-domain.js'
import { DAY, DOMAIN, liveUntil, START } from './a-service.js'

const HOUR = 3_600_000
const codeOf = (call: Promise<unknown>): Promise<string | null> =>
  call.then(
    () => null,
    (error: unknown) => (isMailError(error) ? error.code : String(error)),
  )

describe('domains.rotateDkim', () => {
  it('DOM-8: the checklist shows both records; the old key signs until DNS has the new one, and retires after seven days', async () => {
    const service = await withNews(await aDnsService())
    const { mail, resolver, storage, told, id } = service
    const [old] = (await mail.domains.get(NEWS)).dkim
    const rotating = await mail.domains.rotateDkim(NEWS, { keys: 'rsa-ed25519' })
    expect(rotating.dkim).toMatchObject([
      { selector: old?.selector, state: 'active', algorithm: 'rsa-1024' },
      { state: 'publishing', algorithm: 'rsa-2048' },
      { state: 'publishing', algorithm: 'ed25519' },
    ])
    const dkimRows = rotating.rows.filter(({ purpose }) => purpose === 'dkim')
    expect(dkimRows.map(({ status, required }) => [status, required])).toEqual([
      ['passed', true],
      ['missing', false],
      ['missing', false],
    ])
    // Half of it is not enough, and nothing of it is a failure.
    resolver.set(dkimRows[1]?.name ?? '', { txt: [dkimRows[1]?.expected ?? ''] })
    await liveUntil(service, START + 2 * HOUR)
    expect((await mail.domains.get(NEWS)).dkim.map(({ state }) => state)).toEqual([
      'active',
      'publishing',
      'publishing',
    ])
    await publish(mail, resolver)
    await liveUntil(service, START + 4 * HOUR)
    const switched = await mail.domains.get(NEWS)
    expect(switched.dkim.map(({ state }) => state)).toEqual(['retiring', 'active', 'active'])
    const retiresAt = switched.dkim[0]?.retiresAt ?? 0
    expect(retiresAt).toBe((switched.dkim[1]?.since ?? 0) + 7 * DAY)
    expect(switched.rows.filter(({ purpose }) => purpose === 'dkim').map(({ required }) => required)).toEqual([
      false,
      true,
      true,
    ])
    expect(await codeOf(mail.domains.rotateDkim(NEWS))).toBe('STATE_INVALID')
    await liveUntil(service, retiresAt - 1)
    expect((await mail.domains.get(NEWS)).dkim[0]?.state).toBe('retiring')
    await liveUntil(service, retiresAt)
    const over = await mail.domains.get(NEWS)
    expect(over.dkim.map(({ state }) => state)).toEqual(['retired', 'active', 'active'])
    expect(over.rows.filter(({ purpose }) => purpose === 'dkim')).toHaveLength(2)
    const stored = JSON.stringify(await storage.read.record({ kind: 'domain', account: 'default', id }))
    expect(stored.match(/"sealed":""/g)).toHaveLength(1)
    resolver.remove(`${old?.selector}._domainkey.${NEWS}`)
    expect((await mail.domains.verify(NEWS)).health).toMatchObject({ ok: true })
    expect(told).toEqual([])
    expect((await mail.domains.rotateDkim(NEWS)).dkim.map(({ algorithm, state }) => [algorithm, state])).toEqual([
      ['rsa-2048', 'active'],
      ['ed25519', 'active'],
      ['rsa-2048', 'publishing'],
      ['ed25519', 'publishing'],
    ])
  })

  it.each([
    ['rsa-1024', ['rsa-1024']],
    ['rsa-2048', ['rsa-2048']],
    ['rsa-dual', ['rsa-1024', 'rsa-2048']],
    ['rsa-ed25519', ['rsa-2048', 'ed25519']],
  ] as const)('DOM-8: of the kind %s at create and at rotate', async (kind, algorithms) => {
    const { mail } = await aDnsService()
    const made = await mail.domains.create({ name: NEWS, dkim: kind })
    expect(made.dkim.map(({ algorithm, state }) => [algorithm, state])).toEqual(
      algorithms.map((one) => [one, 'active']),
    )
    const trusted = await mail.domains.rotateDkim(DOMAIN, { keys: kind })
    expect(trusted.dkim.slice(1).map(({ algorithm }) => algorithm)).toEqual(algorithms)
  })

  it('DOM-8: what DNS does not answer keeps the old key; verify does not wait for the next look', async () => {
    const service = await withNews(await aDnsService())
    const { mail, resolver, clock } = service
    await mail.domains.rotateDkim(NEWS)
    const fresh = (await mail.domains.get(NEWS)).rows.filter(({ purpose }) => purpose === 'dkim')[1]
    resolver.fail(fresh?.name ?? '')
    await liveUntil(service, START + 3 * DAY)
    expect((await mail.domains.get(NEWS)).dkim.map(({ state }) => state)).toEqual(['active', 'publishing'])
    await publish(mail, resolver)
    expect((await mail.domains.verify(NEWS)).dkim.map(({ state }) => state)).toEqual(['retiring', 'active'])
    await liveUntil(service, clock.now() + 8 * DAY)
    expect((await mail.domains.get(NEWS)).dkim.map(({ state }) => state)).toEqual(['retired', 'active'])
  })

  it('DOM-8: a rotation that waits can be taken back; keys of a domain that is not verified are replaced at once', async () => {
    const service = await withNews(await aDnsService())
    const { domains } = service.mail
    const before = await domains.get(NEWS)
    await domains.rotateDkim(NEWS, { keys: 'rsa-dual' })
    const back = await domains.rotateDkim(NEWS, { cancel: true })
    expect([back.dkim, back.rows]).toEqual([before.dkim, before.rows])
    expect(await codeOf(domains.rotateDkim(NEWS, { cancel: true }))).toBe('STATE_INVALID')
    const pending = await domains.create({ name: 'new.shop.example', dkim: 'rsa-1024' })
    const replaced = await domains.rotateDkim(pending.id, { keys: 'rsa-2048' })
    expect(replaced.dkim).toMatchObject([{ algorithm: 'rsa-2048', state: 'active' }])
    expect(replaced.dkim[0]?.selector).not.toBe(pending.dkim[0]?.selector)
    expect(replaced.rows.filter(({ purpose }) => purpose === 'dkim')).toMatchObject([{ required: true }])
  })

  it('DOM-8: of several rotations at once one begins', async () => {
    const service = await withNews(await aDnsService())
    const other = await aDnsService({ storage: service.storage })
    const calls = [service, other, service, other].map(({ mail }) => codeOf(mail.domains.rotateDkim(NEWS)))
    expect((await Promise.all(calls)).sort()).toEqual(['STATE_INVALID', 'STATE_INVALID', 'STATE_INVALID', null].sort())
    expect((await service.mail.domains.get(NEWS)).dkim).toHaveLength(2)
  })

  it('DOM-8: a domain that the operator trusts rotates too, looked at only while it does', async () => {
    const service = await aDnsService()
    const { mail, resolver, storage } = service
    const { id } = await mail.domains.rotateDkim(DOMAIN, { keys: 'rsa-1024' })
    await liveUntil(service, START + 3 * HOUR)
    await publish(mail, resolver, DOMAIN)
    await liveUntil(service, START + 5 * HOUR)
    expect((await mail.domains.get(DOMAIN)).dkim.map(({ state }) => state)).toEqual(['retiring', 'active'])
    await liveUntil(service, START + 9 * DAY)
    expect(await mail.domains.get(DOMAIN)).toMatchObject({ health: null, trust: 'operator', state: 'verified' })
    expect((await mail.domains.get(DOMAIN)).dkim.map(({ state }) => state)).toEqual(['retired', 'active'])
    expect(await storage.read.works({ kind: 'upkeep', parent: id })).toEqual([])
  })
})
