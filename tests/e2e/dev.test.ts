import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService } from '@mailwright/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { aService, headerOf, settle, welcome } from './a-service.js'

const secret = 'a secret only for the tests'

afterEach(() => vi.unstubAllEnvs())

describe('dev: true', () => {
  it('HOST-3: needs no transport and no DNS, keeps all mail in the inbox, and says so loudly', async () => {
    const said: string[] = []
    const transport = captureTransport()
    const logger = { log: (_: string, event: string) => void said.push(event) }
    const mail = await createMailService({ storage: memoryStorage(), transport, secret, dev: true, logger })
    expect((await mail.domains.create({ name: 'mail.shop.example' })).state).toBe('verified')
    await mail.senders.create({ address: 'hello@mail.shop.example' })
    await mail.send({ from: 'hello@mail.shop.example', to: 'ann@example.org', subject: 'Hi', text: 'x' })
    await mail.tick()
    expect(mail.inbox?.list().map(({ to }) => to)).toEqual([['ann@example.org']])
    const [kept] = mail.inbox?.list() ?? []
    expect(mail.inbox?.get(kept?.id ?? '')?.content).toBe(kept?.content)
    expect(transport.count).toBe(0)
    expect(said).toContain('dev-mode')
    mail.inbox?.clear()
    expect(mail.inbox?.list()).toEqual([])
    await mail.stop()
  })

  it('HOST-3: is refused under NODE_ENV=production; without it a transport is needed and there is no inbox', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    await expect(createMailService({ storage: memoryStorage(), secret, dev: true })).rejects.toMatchObject({
      code: 'OPTIONS_INVALID',
      details: { field: 'dev' },
    })
    await expect(createMailService({ storage: memoryStorage(), secret })).rejects.toMatchObject({
      code: 'OPTIONS_INVALID',
      details: { field: 'transport' },
    })
    expect((await aService()).mail.inbox).toBeNull()
  })
})

describe('redirectAllTo', () => {
  it('HOST-3: sends everything to one address with the real one in a header, and keeps the books by the real one', async () => {
    const service = await aService({ more: { redirectAllTo: 'team@shop.example' } })
    await service.mail.send({ ...welcome, to: ['ann@example.org', 'bob@example.org'] })
    await settle(service)
    expect(service.transport.messages.map(({ envelope }) => envelope.to)).toEqual([
      ['team@shop.example'],
      ['team@shop.example'],
    ])
    const real = service.transport.messages.map(({ content }) => headerOf(content, 'X-Mailwright-Redirected-From'))
    expect(real.sort()).toEqual(['ann@example.org', 'bob@example.org'])
    const { items } = await service.mail.deliveries.messages()
    expect(items.map(({ recipient, state }) => [recipient, state]).sort()).toEqual([
      ['ann@example.org', 'delivered'],
      ['bob@example.org', 'delivered'],
    ])
  })
})
