import { describe, expect, it } from 'vitest'
import { aHandler, jsonOf, refusalOf } from './a-handler.js'

const PATHS = ['/console', '/console/', '/console/assets/index.js']

describe('the console', () => {
  it('is not there unless it is asked for', async () => {
    const { ask } = await aHandler()
    for (const path of PATHS) expect(await refusalOf(await ask(path)), path).toEqual([404, 'ROUTE_UNKNOWN'])
  })

  it('ACC-3, T17: refuses everything to whom the host does not know', async () => {
    const { ask } = await aHandler({ console: true })
    for (const path of PATHS)
      expect(await refusalOf(await ask(path, { as: null })), path).toEqual([401, 'UNAUTHENTICATED'])
  })

  it('leads whoever is signed in to its page', async () => {
    const { ask } = await aHandler({ console: true })
    const response = await ask('/console', { as: 'default/viewer' })
    expect([response.status, response.headers.get('location')]).toEqual([302, 'console/'])
  })

  it('is switched by true or false only', async () => {
    await expect(aHandler({ console: 'yes' as unknown as boolean })).rejects.toMatchObject({
      code: 'OPTIONS_INVALID',
      details: { field: 'console' },
    })
  })
})

describe('who is calling', () => {
  it('ACC-3: is told their account, role and the operations that it allows', async () => {
    const { ask } = await aHandler()
    const viewer = await jsonOf(await ask('/caller', { as: 'acme/viewer' }))
    expect(viewer).toMatchObject({
      account: 'acme',
      role: 'viewer',
      operator: false,
      actor: null,
      tags: null,
      inbox: false,
    })
    expect(viewer.operations).toContain('domains.list')
    expect(viewer.operations).not.toContain('domains.create')
    expect(viewer.operations).not.toContain('doctor')
    const { operations } = await jsonOf(await ask('/caller', { as: 'acme/admin' }))
    expect(operations).toContain('domains.create')
    const operator = await jsonOf(await ask('/caller', { as: 'acme/operator' }))
    expect(operator.operations).toContain('doctor')
    expect(await refusalOf(await ask('/caller', { as: null }))).toEqual([401, 'UNAUTHENTICATED'])
  })

  it('ACC-3, DIP-4: with tags is told nothing of what is refused to tags, and all of the rest', async () => {
    const authorize = () => ({ account: 'default', role: 'admin', tags: { team: 'shop' } }) as const
    const { ask, mail } = await aHandler({ authorize })
    const { operations, tags } = await jsonOf(await ask('/caller'))
    expect(tags).toEqual({ team: 'shop' })
    expect(operations).toContain('domains.create')
    for (const [operation, path] of [
      ['deliveries.messages', '/deliveries/messages'],
      ['blocklist.custom.list', '/blocklist/custom'],
      ['apiKeys.list', '/api-keys'],
      ['audit.list', '/audit'],
    ] as const) {
      expect(operations).not.toContain(operation)
      expect(await refusalOf(await ask(path)), path).toEqual([403, 'FORBIDDEN'])
    }
    await mail.stop()
  })

  it('HOST-3: hears of the development inbox only where it may be looked into', async () => {
    const { handle } = await aHandler({
      service: { dev: true },
      authorize: () => ({ account: 'default', role: 'admin' }),
    })
    const inboxAt = async (origin: string) => (await jsonOf(await handle(new Request(`${origin}/caller`)))).inbox
    expect([await inboxAt('http://localhost:3000'), await inboxAt('https://app.example')]).toEqual([true, false])
  })
})
