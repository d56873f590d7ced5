import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { type Change, verbs } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import type { Caller } from '../src/index.js'
import { aFullService, fill } from './a-full-account.js'
import { aHandler, refusalOf, welcome } from './a-handler.js'
import { asked, operationCalls, operations } from './operation-calls.js'

const ann: Caller = { account: 'default', role: 'admin', actor: 'user:42' }

describe('the audit', () => {
  it('T31: every operation that may change something leaves exactly one record, and no other leaves any', async () => {
    const service = await aFullService()
    const held = await fill(service, 'default')
    const { audit } = service.mail.account('default')
    for (const call of operationCalls(held)) {
      const before = (await audit.list({ limit: 1_000 })).items.length
      const response = await service.ask(call.path, asked(call))
      await response.body?.cancel()
      const { items } = await audit.list({ limit: 1_000 })
      const route = operations.get(call.id)
      const ofAccount = route && route.verb !== 'operator' ? route : null
      const audited = ofAccount !== null && ofAccount.method !== 'GET' && verbs[ofAccount.verb].access !== 'viewer'
      expect([call.id, items.length - before]).toEqual([call.id, audited ? 1 : 0])
      if (audited) expect(items.find(({ verb }) => verb === call.id)).toMatchObject({ role: 'admin', outcome: 'done' })
    }
  })

  it('T31: names who, upon what, and what became of it; nothing of the body', async () => {
    const { ask, mail } = await aHandler({ authorize: () => ann })
    await ask('/tasks/no-such-task/pause', { method: 'POST', headers: { 'x-request-id': 'req-7' } })
    await ask('/send', { json: welcome })
    await ask('/senders/eve@mail.shop.example', { method: 'DELETE' })
    const { items } = await mail.audit.list()
    expect(items).toMatchObject([
      { actor: 'user:42', verb: 'senders.delete', target: { sender: '…@mail.shop.example' }, outcome: 'NOT_FOUND' },
      { actor: 'user:42', verb: 'send', target: {}, outcome: 'done', requestId: null },
      { verb: 'tasks.pause', target: { id: 'no-such-task' }, outcome: 'NOT_FOUND', requestId: 'req-7' },
    ])
    expect(JSON.stringify(items)).not.toContain('ann@')
  })

  it('T31: whom a role or another site keeps out has done nothing, and leaves none', async () => {
    const { ask, mail } = await aHandler()
    expect((await ask('/send', { json: welcome, as: 'default/viewer' })).status).toBe(403)
    expect((await ask('/send', { json: welcome, headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await ask('/send', { json: welcome, as: null })).status).toBe(401)
    expect((await mail.audit.list()).items).toEqual([])
  })

  it('T31: what cannot be recorded is not done', async () => {
    const memory = memoryStorage()
    let full = false
    const storage = {
      ...memory,
      apply: (...given: Parameters<typeof memory.apply>) =>
        full ? Promise.reject(new Error('disk full')) : memory.apply(...given),
    }
    const { ask, mail } = await aHandler({ storage })
    full = true
    expect((await refusalOf(await ask('/groups', { json: { name: 'readers' } })))[0]).toBeGreaterThanOrEqual(500)
    full = false
    expect((await mail.groups.list()).items).toEqual([])
  })

  it('T31: a send leaves its record in the commit of its mail, and one that stores no mail by itself', async () => {
    const memory = memoryStorage()
    const applied: (readonly string[])[] = []
    let isFull = false
    const storage = {
      ...memory,
      apply: (...[bundles, options]: Parameters<typeof memory.apply>) => {
        applied.push(bundles.flatMap(({ changes }) => changes.map(kindOf)).filter((kind) => kind !== ''))
        return isFull ? Promise.reject(new Error('disk full')) : memory.apply(bundles, options)
      },
    }
    const { ask, mail } = await aHandler({ storage, authorize: () => ann })
    const outcomes = async () => (await mail.audit.list()).items.map(({ verb, outcome }) => [verb, outcome])
    const statusOf = async (json: object) => (await ask('/send', { json })).status

    applied.length = 0
    expect(await statusOf({ ...welcome, idempotencyKey: 'once' })).toBe(201)
    expect(applied).toEqual([['request', 'audit']])
    expect(await statusOf({ ...welcome, idempotencyKey: 'once' })).toBe(201)
    await mail.blocklist.custom.add({ addresses: ['gone@example.org'] })
    expect(await statusOf({ ...welcome, to: 'gone@example.org' })).toBe(422)
    expect(await statusOf({ ...welcome, colour: 'red' })).toBe(400)
    expect(await statusOf({ ...welcome, from: 'eve@mail.shop.example' })).toBe(422)
    const expected = [
      ['send', 'SENDER_NOT_FOUND'],
      ['send', 'INPUT_INVALID'],
      ['send', 'CUSTOM_BLOCKED'],
      ['send', 'done'],
      ['send', 'done'],
    ]
    expect(await outcomes()).toEqual(expected)

    isFull = true
    expect(await statusOf(welcome)).toBeGreaterThanOrEqual(500)
    isFull = false
    expect(await outcomes()).toEqual(expected)
    expect((await mail.deliveries.messages()).items).toHaveLength(1)
  })
})

const kindOf = (change: Change): string => (change.type === 'record.put' ? change.record.kind : '')
