import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { jsonOf, refusalOf } from '../tests/a-handler.js'
import { type ApiKeyAuthorizeOptions, authorizeByApiKey, createHttpHandler } from './index.js'
import { taggedAccount } from './tagged-account.js'

/** A handler that lets in who has a key, and a key of each role. */
async function aKeyedHandler(options: ApiKeyAuthorizeOptions<string> = {}) {
  const mail = await createMailService({
    storage: memoryStorage(),
    transport: captureTransport(),
    secret: 'a secret only for the tests',
  })
  const handle = createHttpHandler<string>(mail, { authorize: authorizeByApiKey(mail, options) })
  const acme = mail.account('acme')
  await acme.groups.create({ name: 'readers of acme' })
  const ask = (path: string, authorization: string | null, { method = 'GET', native = 'somebody' } = {}) =>
    handle(
      new Request(`https://app.example${path}`, {
        method,
        ...(method === 'GET' ? {} : { body: '{"name":"new"}' }),
        headers: { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) },
      }),
      native,
    )
  return { mail, acme, ask }
}

describe('API keys over HTTP', () => {
  it('ACC-3: a key opens its own account in its own role, whatever the case of the scheme', async () => {
    const { acme, ask } = await aKeyedHandler()
    const { key } = await acme.apiKeys.create({ name: 'reports', role: 'viewer' })
    for (const scheme of ['Bearer', 'bearer', 'BEARER', 'Bearer  ']) {
      const { items } = await jsonOf(await ask('/groups', `${scheme} ${key}`))
      expect(items, scheme).toMatchObject([{ name: 'readers of acme' }])
    }
    expect(await refusalOf(await ask('/groups', `Bearer ${key}`, { method: 'POST' }))).toEqual([403, 'FORBIDDEN'])
    const { key: sends } = await acme.apiKeys.create({ name: 'shop', role: 'sender' })
    expect((await ask('/groups', `Bearer ${sends}`, { method: 'POST' })).status).toBe(201)
  })

  it('ACC-3: nothing else does, and the answer does not say why', async () => {
    const { acme, ask } = await aKeyedHandler()
    const { id, key } = await acme.apiKeys.create({ name: 'shop', role: 'admin' })
    const other = await acme.apiKeys.create({ name: 'other', role: 'admin' })
    const refused = [
      null,
      '',
      key,
      'Bearer',
      'Bearer ',
      `Basic ${key}`,
      `Token ${key}`,
      `Bearer ${key}x`,
      `Bearer ${key} ${key}`,
      `Bearer ${key}, Bearer ${key}`,
      `Bearer mw_${id}_${other.key.slice(-32)}`,
      `Bearer ${key.toUpperCase()}`,
    ]
    const answers = new Set<string>()
    for (const authorization of refused) {
      const response = await ask('/groups', authorization)
      expect(response.status, String(authorization)).toBe(401)
      answers.add(await response.text())
    }
    expect(answers.size).toBe(1)
    await acme.apiKeys.revoke(id)
    expect(await refusalOf(await ask('/groups', `Bearer ${key}`))).toEqual([401, 'UNAUTHENTICATED'])
  })

  it('ACC-3, DIP-4: the tags of a key bound what it reaches', async () => {
    const { acme, ask } = await aKeyedHandler()
    await acme.domains.create({ name: 'mail.acme.example', trust: 'operator', tags: { team: 'growth' } })
    await acme.domains.create({ name: 'news.acme.example', trust: 'operator' })
    const { key } = await acme.apiKeys.create({ name: 'growth', role: 'admin', tags: { team: 'growth' } })
    expect((await jsonOf(await ask('/domains', `Bearer ${key}`))).items).toMatchObject([{ name: 'mail.acme.example' }])
    const bounded = taggedAccount(acme, { team: 'growth' })
    for (const call of [
      bounded.apiKeys.create({ name: 'more', role: 'admin' }),
      bounded.apiKeys.list(),
      bounded.audit.list(),
    ])
      await expect(call).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('ACC-3, T24: a source of wrong keys is not listened to, others are', async () => {
    const { acme, ask } = await aKeyedHandler({ from: (_, native) => native })
    const { id, key } = await acme.apiKeys.create({ name: 'shop', role: 'viewer' })
    for (let n = 0; n < 30; n += 1)
      expect((await ask('/groups', `Bearer mw_${id}_${'a'.repeat(32)}`, { native: 'guesser' })).status).toBe(401)
    expect((await ask('/groups', `Bearer ${key}`, { native: 'guesser' })).status).toBe(401)
    expect((await ask('/groups', `Bearer ${key}`, { native: 'customer' })).status).toBe(200)
  })
})
