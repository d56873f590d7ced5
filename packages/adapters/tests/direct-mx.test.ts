import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { scriptedPeer } from '@mailwright/conformance'
import { classifyReply } from '@mailwright/core'
import { afterEach, describe, expect, it } from 'vitest'
import { aMail, at, brief, from, mxWorld, never, to } from './mx-world.js'

let world = mxWorld()
afterEach(async () => {
  await world.close()
  world = mxWorld()
})

const send = async (transport: ReturnType<typeof world.transport>, ...recipients: readonly string[]) =>
  (await transport.send(aMail(...recipients), never)).recipients.map(brief)

describe('mail straight to MX hosts', () => {
  it('REL-1: is split by domain, each share to its own servers, and the outcomes come in order', async () => {
    const one = await world.host({
      refuses: (address) => (address.startsWith('eve') ? { code: 550, text: '5.1.1 no' } : null),
    })
    const two = await world.host({ address: '127.0.0.2', port: one.port })
    const zone = {
      'a.example': to('mx.a.example'),
      'mx.a.example': at('127.0.0.1'),
      'b.example': to('mx.b.example'),
      'mx.b.example': at('127.0.0.2'),
    }
    const transport = world.transport(zone, { port: one.port })
    const recipients = ['ann@a.example', 'bob@b.example', 'eve@a.example', 'sue@c.example']
    expect(await send(transport, ...recipients)).toEqual(['accepted', 'accepted', 550, 'dns'])
    expect([one.seen, two.seen].map((seen) => seen.map((mail) => mail.to))).toEqual([
      [['ann@a.example']],
      [['bob@b.example']],
    ])
  })

  it('F8: goes to the domain itself where there is no MX', async () => {
    const host = await world.host()
    const transport = world.transport({ 'a.example': at('127.0.0.1') }, { port: host.port })
    expect(await send(transport, 'ann@a.example')).toEqual(['accepted'])
  })

  it.each([
    ['does not exist', {}, 'dns', /nxdomain/],
    ['has a null MX', { 'a.example': to('') }, 'dns', /null MX/],
    ['has an MX without address', { 'a.example': to('mx.a.example') }, 'dns', /no address/],
    ['has an MX that is an address', { 'a.example': to('127.0.0.1') }, 'dns', /no MX record names a host/],
    [
      'has a loop of CNAMEs',
      { 'a.example': { cname: 'b.example' }, 'b.example': { cname: 'a.example' } },
      'dns',
      /LOOP/,
    ],
  ])('F8: is not sent where the domain %s, and says so', async (_, zone, stage, cause) => {
    const host = await world.host()
    const transport = world.transport(zone, { port: host.port })
    const { recipients } = await transport.send(aMail('ann@a.example'), never)
    expect(recipients).toMatchObject([{ type: 'unreached', stage, cause: expect.stringMatching(cause) }])
    expect(host.connections).toBe(0)
  })

  it('F8: whose best MX is this service itself is refused at once, and is no fault of the address', async () => {
    const host = await world.host()
    const zone = { 'a.example': to('mx.own.example', 'mx.b.example'), 'mx.own.example': at('127.0.0.1') }
    const transport = world.transport(zone, { port: host.port, ownHosts: ['MX.Own.Example.'] })
    const { recipients } = await transport.send(aMail('ann@a.example'), never)
    expect(recipients).toMatchObject([{ type: 'refused', reply: { code: 554, enhanced: '5.4.6' } }])
    const [outcome] = recipients
    const found = outcome?.type === 'refused' ? classifyReply(outcome.reply) : null
    expect(found).toMatchObject({ temporary: false, invalid: false, rateLimited: false })
    expect(host.connections).toBe(0)
  })

  it('T8: never connects to an MX that leads into a private network', async () => {
    const host = await world.host()
    const addresses = ['127.0.0.1', '::ffff:127.0.0.1', '::1', '0.0.0.0']
    for (const address of addresses) {
      const zone = { 'a.example': to('mx.a.example'), 'mx.a.example': at(address), 'b.example': at(address) }
      const transport = world.transport(zone, { port: host.port, allowPrivateNetworks: false })
      expect(await send(transport, 'ann@a.example', 'bob@b.example')).toEqual(['dns', 'dns'])
    }
    expect(host.connections).toBe(0)
  })

  it('goes to the next MX when the first takes no connection, and leaves the first alone for a while', async () => {
    const good = await world.host({ address: '127.0.0.2' })
    const zone = {
      'a.example': to('dead.a.example', 'good.a.example'),
      'dead.a.example': at('127.0.0.3'),
      'good.a.example': at('127.0.0.2'),
    }
    const transport = world.transport(zone, { port: good.port })
    expect(await send(transport, 'ann@a.example')).toEqual(['accepted'])
    expect(await send(transport, 'bob@a.example')).toEqual(['accepted'])
    expect(good.seen).toHaveLength(2)
  })

  it('goes to the next MX when the first greets with a temporary refusal', async () => {
    const busy = await world.host({ greets: { code: 450, text: '4.3.2 busy' } })
    const good = await world.host({ address: '127.0.0.2', port: busy.port })
    const zone = {
      'a.example': to('one.a.example', 'two.b.example'),
      'one.a.example': at('127.0.0.1'),
      'two.b.example': at('127.0.0.2'),
    }
    const transport = world.transport(zone, { port: busy.port })
    expect(await send(transport, 'ann@a.example')).toEqual(['accepted'])
    expect([busy.connections, good.seen.length]).toEqual([1, 1])
  })

  it('asks no other MX after a definite refusal of a recipient', async () => {
    const first = await world.host({ refuses: () => ({ code: 550, text: '5.1.1 no such user' }) })
    const second = await world.host({ address: '127.0.0.2', port: first.port })
    const zone = {
      'a.example': to('one.a.example', 'two.a.example'),
      'one.a.example': at('127.0.0.1'),
      'two.a.example': at('127.0.0.2'),
    }
    const transport = world.transport(zone, { port: first.port })
    expect(await send(transport, 'ann@a.example')).toEqual([550])
    expect(second.connections).toBe(0)
  })

  it('REL-2: a mail cut off after the final dot is unknown, and is given to no other MX', async () => {
    const peer = await scriptedPeer({ dot: 'drop' })
    const second = await world.host({ address: '127.0.0.2', port: peer.port })
    const zone = {
      'a.example': to('one.a.example', 'two.a.example'),
      'one.a.example': at('127.0.0.1'),
      'two.a.example': at('127.0.0.2'),
    }
    const transport = world.transport(zone, { port: peer.port })
    expect(await send(transport, 'ann@a.example')).toEqual(['unknown'])
    expect([peer.taken.length, second.connections]).toEqual([1, 0])
    await peer.close()
  })

  it('goes by IPv4 where nobody takes it by IPv6', async () => {
    const good = await world.host()
    const zone = { 'a.example': to('mx.a.example'), 'mx.a.example': at('::1', '127.0.0.1') }
    const transport = world.transport(zone, { port: good.port })
    expect(await send(transport, 'ann@a.example')).toEqual(['accepted'])
  })

  it('is not kept waiting by an address that does not answer', async () => {
    const good = await world.host()
    // Of this block nothing is ever there (RFC 5737); a machine without a route to it says so at once, which serves as well.
    const zone = { 'a.example': to('mx.a.example'), 'mx.a.example': at('192.0.2.1', '127.0.0.1') }
    const transport = world.transport(zone, { port: good.port })
    const begun = performance.now()
    expect(await send(transport, 'ann@a.example')).toEqual(['accepted'])
    expect(performance.now() - begun).toBeLessThan(5_000)
  })
})

describe('the connections to MX hosts', () => {
  it('are used again, and never more at once to one operator than allowed, whatever the domains', async () => {
    const host = await world.host({ slowMs: 5 })
    const domains = Array.from({ length: 10 }, (_, index) => `d${index}.example`)
    const zone = {
      ...Object.fromEntries(domains.map((domain, index) => [domain, to(`mx${index % 3}.hoster.example`)])),
      'mx0.hoster.example': at('127.0.0.1'),
      'mx1.hoster.example': at('127.0.0.1'),
      'mx2.hoster.example': at('127.0.0.1'),
    }
    const transport = world.transport(zone, { port: host.port, connectionsPerGroup: 4 })
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) => send(transport, `r${index}@${domains[index % 10]}`)),
    )
    expect(outcomes.flat().filter((one) => one !== 'accepted')).toEqual([])
    expect(host.seen).toHaveLength(100)
    expect(host.mostAtOnce).toBeLessThanOrEqual(5)
    expect(host.connections).toBeLessThan(60)
  })

  it('are replaced when the far side has ended an idle one meanwhile', async () => {
    const peer = await scriptedPeer()
    const transport = world.transport({ 'a.example': at('127.0.0.1') }, { port: peer.port })
    expect(await send(transport, 'ann@a.example')).toEqual(['accepted'])
    peer.hangUp()
    expect(await send(transport, 'bob@a.example')).toEqual(['accepted'])
    await peer.close()
  })

  it('TSK-12: a hoster that says 421 rests, for all the domains it hosts and for that source address only', async () => {
    const host = await world.host({
      refuses: (address) => (address.startsWith('ann') ? { code: 421, text: '4.7.0 slow down' } : null),
    })
    const zone = {
      'a.example': to('mx1.hoster.example'),
      'b.example': to('mx2.hoster.example'),
      'c.example': to('mx.other.example'),
      'mx1.hoster.example': at('127.0.0.1'),
      'mx2.hoster.example': at('127.0.0.1'),
      'mx.other.example': at('127.0.0.1'),
    }
    const transport = world.transport(zone, { port: host.port })
    expect(await send(transport, 'ann@a.example')).toEqual([421])
    const seen = host.connections
    const { recipients } = await transport.send(aMail('bob@b.example'), never)
    expect(recipients).toMatchObject([{ type: 'held', cause: expect.stringContaining('hoster.example') }])
    const [held] = recipients
    const minutes = held?.type === 'held' ? held.forMs / 60_000 : 0
    expect([minutes > 9, minutes <= 10]).toEqual([true, true])
    expect(host.connections).toBe(seen)
    expect(await send(transport, 'sue@c.example')).toEqual(['accepted'])
    const other = { ...aMail('bob@b.example'), route: from('127.0.0.5', 'five.mail.example') }
    expect((await transport.send(other, never)).recipients.map(brief)).toEqual(['accepted'])
  })

  it('T29: are found for domains that are known while lookups of others go unanswered', async () => {
    const host = await world.host()
    const zone = fixedDns({ 'a.example': at('127.0.0.1') })
    const hanging: Promise<never> = new Promise(() => undefined)
    const dns = { ...zone, mx: (name: string) => (name.startsWith('lost') ? hanging : zone.mx(name)) }
    const transport = world.transport({}, { port: host.port, dns, concurrency: 10, patienceMs: 100 })
    expect(await send(transport, 'ann@a.example')).toEqual(['accepted'])
    const stop = new AbortController()
    const lost = Array.from({ length: 4 }, (_, index) => transport.send(aMail(`r@lost${index}.example`), stop.signal))
    const other = transport.send(aMail('r@lost9.example'), stop.signal)
    expect((await other).recipients).toMatchObject([{ type: 'held', cause: 'too many lookups go unanswered' }])
    expect(await send(transport, 'bob@a.example')).toEqual(['accepted'])
    stop.abort()
    expect((await Promise.all(lost)).flatMap(({ recipients }) => recipients.map(brief))).toEqual(Array(4).fill('dns'))
  })

  it('REL-2: are not waited for when a mail is told to stop while its host’s addresses are looked up', async () => {
    const host = await world.host()
    const zone = fixedDns({ 'a.example': to('mx.a.example') })
    let asked = () => {}
    const looking = new Promise<void>((resolve) => {
      asked = resolve
    })
    const dns = {
      ...zone,
      address: () => {
        asked()
        return new Promise<never>(() => undefined)
      },
    }
    const transport = world.transport({}, { port: host.port, dns })
    const stop = new AbortController()
    const sending = transport.send(aMail('ann@a.example'), stop.signal)
    await looking
    stop.abort()
    expect((await sending).recipients.map(brief)).toEqual(['dns'])
  })

  it('REL-1: what a host’s own resolver throws hides nothing of the other recipients', async () => {
    const host = await world.host()
    const zone = fixedDns({ 'a.example': at('127.0.0.1') })
    const mx = (name: string) => (name.startsWith('bad') ? Promise.reject(new Error('broken')) : zone.mx(name))
    const transport = world.transport({}, { port: host.port, dns: { ...zone, mx } })
    expect(await send(transport, 'ann@a.example', 'bob@bad.example')).toEqual(['accepted', 'dns'])
  })

  it('T29: peers that are stuck hold one mail each, and send the others away', async () => {
    const stuck = await scriptedPeer({ greeting: 'stall' })
    const transport = world.transport({ 'stuck.example': at('127.0.0.1') }, { port: stuck.port, patienceMs: 100 })
    const held = transport.send(aMail('r0@stuck.example'), never)
    await stuck.stalled
    const waiting = await Promise.all(
      Array.from({ length: 20 }, (_, index) => send(transport, `r${index}@stuck.example`)),
    )
    expect(waiting.flat()).toEqual(Array(20).fill('held'))
    stuck.hangUp()
    expect((await held).recipients.map(brief)).toEqual(['greeting'])
    await stuck.close()
  })
})

describe('the address a mail leaves from', () => {
  it('DIP-3: is that of its route, greeted with its name, and no connection is shared with another', async () => {
    const host = await world.host()
    const transport = world.transport({ 'a.example': at('127.0.0.1') }, { port: host.port, localAddress: '127.0.0.9' })
    const routes = [from('127.0.0.2', 'two.mail.example'), from('127.0.0.3', 'three.mail.example'), null]
    for (const route of [...routes, ...routes])
      expect((await transport.send({ ...aMail('ann@a.example'), route }, never)).recipients.map(brief)).toEqual([
        'accepted',
      ])
    const one = ['127.0.0.2 two.mail.example', '127.0.0.3 three.mail.example', '127.0.0.9 out.mail.example']
    expect(host.seen.map((mail) => `${mail.from} ${mail.ehlo}`)).toEqual([...one, ...one])
    expect(host.connections).toBe(3)
  })

  it('DIP-3: that this machine does not own leaves the mail unreached, and the host is not to blame', async () => {
    const host = await world.host()
    const transport = world.transport({ 'a.example': at('127.0.0.1') }, { port: host.port })
    const stray = { ...aMail('ann@a.example'), route: from('192.0.2.77', 'stray.mail.example') }
    for (let time = 0; time < 3; time += 1) {
      const { recipients } = await transport.send(stray, never)
      expect(recipients).toMatchObject([
        { type: 'unreached', stage: 'connect', cause: expect.stringContaining('source address') },
      ])
    }
    expect(await send(transport, 'ann@a.example')).toEqual(['accepted'])
  })

  it('DIP-3: of a relay is not one of this machine', async () => {
    const host = await world.host()
    const transport = world.transport({ 'a.example': at('127.0.0.1') }, { port: host.port })
    const relayed = { ...aMail('ann@a.example'), route: from('127.0.0.2', 'two.mail.example', 'relay-1') }
    expect((await transport.send(relayed, never)).recipients).toMatchObject([
      { type: 'unreached', cause: expect.stringContaining('relay-1') },
    ])
    expect(host.connections).toBe(0)
  })
})
