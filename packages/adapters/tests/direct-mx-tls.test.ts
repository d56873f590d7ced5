import { afterEach, describe, expect, it } from 'vitest'
import type { FetchedPolicy } from '../src/transport/direct-mx/mta-sts/fetch-policy.js'
import { testAuthority } from './certificates.js'
import { aMail, at, brief, type MxHostOptions, mxWorld, never, to } from './mx-world.js'

const authority = testAuthority()
const host = 'mx.bank.example'
const own = authority.certificateFor(host)
const zone = { 'bank.example': to(host), [host]: at('127.0.0.1') }
const announced = { ...zone, '_mta-sts.bank.example': { txt: ['v=STSv1; id=1;'] } }
const policy = (mode: string, mx = host): FetchedPolicy => ({
  type: 'fetched',
  text: `version: STSv1\nmode: ${mode}\nmx: ${mx}\nmax_age: 86400\n`,
})

let world = mxWorld()
afterEach(async () => {
  await world.close()
  world = mxWorld()
})

type Level = 'opportunistic' | 'required' | 'verified'

interface Given {
  readonly server: Pick<MxHostOptions, 'certificate' | 'brokenTls'>
  readonly level?: Level
  readonly sts?: FetchedPolicy
}

const attempt = async ({ server, level, sts }: Given) => {
  const receiver = await world.host(server)
  const transport = world.transport(sts === undefined ? zone : announced, {
    port: receiver.port,
    tlsOptions: { ca: authority.ca },
    ...(level === undefined ? {} : { tls: { 'bank.example': level } }),
    fetchPolicy: async () => sts ?? { type: 'failed', cause: 'none' },
  })
  const { recipients } = await transport.send(aMail('ann@bank.example'), never)
  return { said: recipients.map(brief), seen: receiver.seen }
}

const stripped = {}
const valid = { certificate: own }
const unknown = { certificate: testAuthority().certificateFor(host) }
const misnamed = { certificate: authority.certificateFor('mx.evil.example') }
const broken = { ...valid, brokenTls: true }
const ended = { certificate: authority.expiredFor(host) }

describe('TLS to MX hosts', () => {
  it.each([
    ['STARTTLS is stripped, nothing asked for', { server: stripped }, false],
    ['nothing asked for', { server: valid }, true],
    ['TLS that fails, nothing asked for', { server: broken }, false],
    ['a certificate of nobody, nothing asked for', { server: unknown }, true],
    ['encryption asked for, a certificate of nobody', { server: unknown, level: 'required' }, true],
    ['a valid certificate asked for', { server: valid, level: 'verified' }, true],
    ['MTA-STS enforced, a valid certificate', { server: valid, sts: policy('enforce') }, true],
    ['MTA-STS enforced by a pattern', { server: valid, sts: policy('enforce', '*.bank.example') }, true],
    ['MTA-STS being tested, STARTTLS stripped', { server: stripped, sts: policy('testing') }, false],
    ['MTA-STS of mode none, STARTTLS stripped', { server: stripped, sts: policy('none') }, false],
    ['MTA-STS that cannot be had', { server: valid, sts: { type: 'failed', cause: 'ECONNREFUSED' } }, true],
  ] as const)('K10: is sent with %s', async (_, given, secure) => {
    const { said, seen } = await attempt(given as Given)
    expect(said).toEqual(['accepted'])
    expect(seen.map((mail) => mail.secure)).toEqual([secure])
    if (secure) expect(seen[0]?.servername).toBe(host)
  })

  it.each([
    ['encryption asked for, TLS that fails', { server: broken, level: 'required' }],
    ['encryption asked for, STARTTLS stripped', { server: stripped, level: 'required' }],
    ['a valid certificate asked for, STARTTLS stripped', { server: stripped, level: 'verified' }],
    ['a valid certificate asked for, one of nobody', { server: unknown, level: 'verified' }],
    ['a valid certificate asked for, one for another name', { server: misnamed, level: 'verified' }],
    ['a valid certificate asked for, one that has ended', { server: ended, level: 'verified' }],
    ['MTA-STS enforced, STARTTLS stripped', { server: stripped, sts: policy('enforce') }],
    ['MTA-STS enforced, a certificate for another name', { server: misnamed, sts: policy('enforce') }],
    ['MTA-STS enforced, a certificate of nobody', { server: unknown, sts: policy('enforce') }],
    ['MTA-STS enforced, an MX that it does not name', { server: valid, sts: policy('enforce', 'mx.other.example') }],
    ['MTA-STS enforced, and less asked for here', { server: stripped, level: 'opportunistic', sts: policy('enforce') }],
    ['MTA-STS being tested, and more asked for here', { server: stripped, level: 'required', sts: policy('testing') }],
  ] as const)('K10: is not sent with %s', async (_, given) => {
    const { said, seen } = await attempt(given as Given)
    expect([said, seen]).toEqual([['tls'], []])
  })

  it('K10: goes to the hosts that an enforced policy names, and to no other', async () => {
    const wrong = await world.host({ certificate: authority.certificateFor('mx.evil.example') })
    const right = await world.host({ address: '127.0.0.2', port: wrong.port, certificate: own })
    const poisoned = {
      ...announced,
      'bank.example': to('mx.evil.example', host),
      'mx.evil.example': at('127.0.0.1'),
      [host]: at('127.0.0.2'),
    }
    const transport = world.transport(poisoned, {
      port: wrong.port,
      tlsOptions: { ca: authority.ca },
      fetchPolicy: async () => policy('enforce'),
    })
    expect((await transport.send(aMail('ann@bank.example'), never)).recipients.map(brief)).toEqual(['accepted'])
    expect([wrong.connections, right.seen.length]).toEqual([0, 1])
  })

  it('K10: a connection that was opened for less is not used for more', async () => {
    const receiver = await world.host()
    const two = { ...zone, 'shop.example': to(host) }
    const transport = world.transport(two, { port: receiver.port, tls: { 'bank.example': 'required' } })
    expect((await transport.send(aMail('ann@shop.example'), never)).recipients.map(brief)).toEqual(['accepted'])
    expect((await transport.send(aMail('ann@bank.example'), never)).recipients.map(brief)).toEqual(['tls'])
    expect(receiver.seen).toHaveLength(1)
  })

  it('says which host a policy that is being tested would refuse, and which policy could not be had', async () => {
    const receiver = await world.host()
    const told: unknown[] = []
    const answers = [policy('testing', 'mx.other.example'), { type: 'failed', cause: 'ECONNREFUSED' } as const]
    for (const answer of answers) {
      const transport = world.transport(announced, {
        port: receiver.port,
        fetchPolicy: async () => answer,
        logger: { log: (_, event, fields) => told.push([event, fields]) },
      })
      expect((await transport.send(aMail('ann@bank.example'), never)).recipients.map(brief)).toEqual(['accepted'])
    }
    expect(told).toEqual([
      ['mta-sts-would-refuse', { domain: 'bank.example', host }],
      ['mta-sts-policy-missing', { domain: 'bank.example', cause: 'ECONNREFUSED' }],
    ])
  })
})
