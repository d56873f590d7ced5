import type { AddressInfo } from 'node:net'
import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { directMx } from '@mailwright/adapters/transport/direct-mx'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOMAIN, welcome } from './a-service.js'
import { withIps } from './dedicated-ips.js'

const seen: string[] = []
const server = new SMTPServer({
  authOptional: true,
  disableReverseLookup: true,
  disabledCommands: ['STARTTLS'],
  closeTimeout: 100,
  onData(stream, session, done) {
    stream.resume()
    stream.on('end', () => {
      seen.push(`${session.remoteAddress} ${session.hostNameAppearsAs}`)
      done(null, 'queued as TEST1')
    })
  },
})
let port = 0

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.server.address() as AddressInfo).port
})
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

describe('mail of a domain with dedicated IPs, on the wire', () => {
  it('DIP-3: leaves from those very addresses with their names, by turns, and other mail from the pool’s', async () => {
    const transport = directMx({
      dns: fixedDns({
        'readers.example': { mx: [{ preference: 10, exchange: 'mx.readers.example' }] },
        'mx.readers.example': { address: ['127.0.0.1'] },
      }),
      port,
      ehlo: 'pool.operator.example',
      localAddress: '127.0.0.9',
      allowPrivateNetworks: true,
    })
    const dedicatedIps = [
      { ip: '127.0.0.2', ehlo: 'two.operator.example' },
      { ip: '127.0.0.3', ehlo: 'three.operator.example' },
    ]
    const { mail, clock, ips, problems } = await withIps(2, { more: { transport, dedicatedIps } })
    expect([...ips].sort()).toEqual(['127.0.0.2', '127.0.0.3'])
    await mail.domains.create({ name: 'mail.plain.example', trust: 'operator' })
    await mail.senders.create({ address: 'a@mail.plain.example' })
    await mail.send({ ...welcome, to: Array.from({ length: 20 }, (_, at) => `p${at}@readers.example`) })
    await mail.send({ from: 'a@mail.plain.example', to: 'ann@readers.example', subject: 'Hi', text: 'x' })
    for (let time = 0; time < 200 && seen.length < 21; time += 1) {
      await mail.tick({ maxMs: 60_000 })
      await clock.stepBy(20)
    }
    const count = (line: string) => seen.filter((one) => one === line).length
    expect(count('127.0.0.9 pool.operator.example')).toBe(1)
    const own = [count('127.0.0.2 two.operator.example'), count('127.0.0.3 three.operator.example')]
    expect(own[0] ?? 0).toBeGreaterThanOrEqual(5)
    expect(own.reduce((sum, one) => sum + one, 0)).toBe(20)
    const codes = (await mail.doctor()).map(({ code }) => code)
    expect(codes).not.toContain('IPS_NOT_BOUND')
    expect([DOMAIN.length > 0, problems]).toEqual([true, []])
    await mail.stop()
  })
})
