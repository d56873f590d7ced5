import { smtp } from '@mailwright/adapters/transport/smtp'
import { afterEach, describe, expect, it } from 'vitest'
import { aMail, brief, from, mxWorld, never } from './mx-world.js'

let world = mxWorld()
afterEach(async () => {
  await world.close()
  world = mxWorld()
})

describe('a relay that knows us by our addresses', () => {
  it('DIP-3: sees each mail come from the address of its route, with its name, over connections of its own', async () => {
    const relay = await world.host()
    const url = `smtp://127.0.0.1:${relay.port}`
    const transport = smtp({ url, sourceAddress: true, localAddress: '127.0.0.9', localName: 'pool.mail.example' })
    expect(transport.capabilities.sourceAddress).toBe(true)
    const routes = [from('127.0.0.2', 'two.mail.example'), from('127.0.0.3', 'three.mail.example'), null]
    for (const route of [...routes, ...routes])
      expect((await transport.send({ ...aMail('ann@a.example'), route }, never)).recipients.map(brief)).toEqual([
        'accepted',
      ])
    const one = ['127.0.0.2 two.mail.example', '127.0.0.3 three.mail.example', '127.0.0.9 pool.mail.example']
    expect(relay.seen.map((mail) => `${mail.from} ${mail.ehlo}`)).toEqual([...one, ...one])
    expect(relay.connections).toBe(3)
    await transport.close()
    await expect(transport.send(aMail('ann@a.example'), never)).rejects.toMatchObject({ code: 'SERVICE_STOPPED' })
  })

  it('DIP-3: gets no mail of an address that is not here, or that belongs to another relay', async () => {
    const relay = await world.host()
    const transport = smtp({ url: `smtp://127.0.0.1:${relay.port}`, sourceAddress: true })
    for (const route of [from('192.0.2.77', 'stray.mail.example'), from('127.0.0.2', 'two.mail.example', 'east')])
      expect((await transport.send({ ...aMail('ann@a.example'), route }, never)).recipients.map(brief)).toEqual([
        'connect',
      ])
    expect(relay.connections).toBe(0)
    await transport.close()
  })

  it('declares that it cannot unless it is asked to', () => {
    expect(smtp({ url: 'smtp://relay.example' }).capabilities.sourceAddress).toBe(false)
  })
})
