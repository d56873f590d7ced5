import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { directMx } from '@mailwright/adapters/transport/direct-mx'
import { type CallbackRequest, httpCallbackClient, isMailError, type Transport } from '@mailwright/core'
import { mxWorld } from '../../../packages/adapters/tests/mx-world.js'
import { publish } from '../../e2e/a-dns-domain.js'
import { aService, settle, statesOf, welcome } from '../../e2e/a-service.js'
import { record } from '../../servers/dns-server.js'
import { type DnsFault, type FaultyDns, faultyDns } from './faulty-dns.js'

const HOUR = 3_600_000

/** Loopback is where everything is here; only in this case nobody has allowed it. */
const allowsLoopback = (fault: DnsFault): boolean => fault !== 'private address'

async function withDns<T>(use: (dns: FaultyDns) => Promise<T>): Promise<T> {
  const dns = await faultyDns()
  try {
    return await use(dns)
  } finally {
    await dns.close()
  }
}

export interface MailSeen {
  /** After its first attempt, under the fault. */
  readonly state: string | undefined
  /** The address is on the list of invalid ones. */
  readonly blocked: boolean
  readonly connected: boolean
  /** An hour after DNS is well again. */
  readonly later: string | undefined
  readonly taken: number
}

/** F8: a mail goes to the MX of its recipient's domain, whose every name meets the fault. */
export const mailUnder = (fault: DnsFault): Promise<MailSeen> =>
  withDns(async (dns) => {
    const world = mxWorld()
    const host = await world.host()
    dns.publish('office.example', record.mx(10, 'mx.office.example'))
    dns.publish('mx.office.example', record.a('127.0.0.1'))
    const through = (allowPrivateNetworks: boolean) =>
      directMx({ dns: dns.resolver, port: host.port, allowPrivateNetworks, ehlo: 'out.mail.example' })
    let process = through(allowsLoopback(fault))
    const transport: Transport = {
      name: process.name,
      capabilities: process.capabilities,
      send: (request, signal) => process.send(request, signal),
      close: () => process.close(),
    }
    const service = await aService({ more: { transport } })
    const { mail, clock, problems } = service
    const to = 'ann@office.example'
    try {
      dns.meets(fault)
      await mail.send({ ...welcome, to })
      await settle(service)
      const state = (await statesOf(service))[to]
      const blocked = (await mail.blocklist.invalid.mine({})).items.length > 0
      const connected = host.connections > 0
      dns.meets(null)
      // What it remembers of DNS goes by the time of the machine: as a process that is started again.
      await process.close()
      process = through(true)
      await settle(service, clock.now() + HOUR)
      if (problems.length > 0) throw new Error(problems.join('\n'))
      return { state, blocked, connected, later: (await statesOf(service))[to], taken: host.seen.length }
    } finally {
      await mail.stop({ drainMs: 0 })
      await world.close()
    }
  })

export interface CheckSeen {
  /** A domain that is verified for the first time under the fault, and its required rows. */
  readonly pending: string
  readonly rows: readonly string[]
  /** One that had been verified before, asked again. */
  readonly verified: string
  readonly healthy: boolean | undefined
  /** Mail from it is accepted. */
  readonly sends: boolean
  /** Both, and the health of the second, once DNS is well. */
  readonly later: readonly unknown[]
}

const OLD = 'news.shop.example'
const NEW = 'offers.shop.example'

/** F8: SPF, DKIM and DMARC of two domains are looked up, whose every name meets the fault. */
export const checkUnder = (fault: DnsFault): Promise<CheckSeen> =>
  withDns(async (dns) => {
    const service = await aService({
      more: { resolver: dns.resolver, dns: { spf: ['include:spf.operator.example'], dkim: 'ours' } },
    })
    const { mail, problems } = service
    const zone = {
      set: (name: string, { txt = [] }: { readonly txt?: readonly string[] }) =>
        dns.publish(name, ...txt.map((text) => record.txt(text))),
    }
    try {
      for (const name of [OLD, NEW]) {
        await mail.domains.create({ name, dkim: 'rsa-1024' })
        await publish(mail, zone, name)
      }
      await mail.domains.verify(OLD)
      await mail.senders.create({ address: `hi@${OLD}` })
      dns.meets(fault)
      const [pending, verified] = [await mail.domains.verify(NEW), await mail.domains.verify(OLD)]
      const sends = await mail.send({ from: `hi@${OLD}`, to: 'ann@office.example', subject: 'x', text: 'x' }).then(
        () => true,
        () => false,
      )
      dns.meets(null)
      const [one, other] = [await mail.domains.verify(NEW), await mail.domains.verify(OLD)]
      if (problems.length > 0) throw new Error(problems.join('\n'))
      return {
        pending: pending.state,
        rows: [...new Set(pending.rows.filter(({ required }) => required).map(({ status }) => status))],
        verified: verified.state,
        healthy: verified.health?.ok,
        sends,
        later: [one.state, other.state, other.health?.ok],
      }
    } finally {
      await mail.stop({ drainMs: 0 })
    }
  })

export interface CallbackSeen {
  /** What came of the call that saves the endpoint: the cause in one word, or `saved`. */
  readonly saving: string
  readonly connected: boolean
  /** The event of one mail: how often it was told under the fault, and an hour after DNS is well. */
  readonly told: number
  readonly later: number
  /** Its state in the end. */
  readonly endpoint: string | undefined
}

/** F8: the host of a callback meets the fault, first as it is saved and then as an event is told. */
export const callbackUnder = (fault: DnsFault): Promise<CallbackSeen> =>
  withDns(async (dns) => {
    dns.publish('hooks.shop.example', record.a('127.0.0.1'))
    const ids: unknown[] = []
    let connections = 0
    const receiver = createServer((request, response) => {
      let body = ''
      request.on('data', (bytes) => {
        body += bytes
      })
      request.on('end', () => {
        if (!body.includes('"event":"ping"')) ids.push(request.headers['webhook-id'])
        response.writeHead(204).end()
      })
    })
    receiver.on('connection', () => {
      connections += 1
    })
    const port = await new Promise<number>((resolve) =>
      receiver.listen(0, '127.0.0.1', () => resolve((receiver.address() as AddressInfo).port)),
    )
    const client = (allowPrivateNetworks: boolean) =>
      httpCallbackClient({ resolver: dns.resolver, allowPrivateNetworks })
    let posting = client(allowsLoopback(fault))
    const service = await aService({
      policy: { callbackPorts: [port], callbackRetries: { jitter: 0 } },
      more: {
        callbackClient: {
          name: posting.name,
          post: (request: CallbackRequest, signal: AbortSignal) => posting.post(request, signal),
        },
      },
    })
    const { mail, clock, problems } = service
    const url = `http://hooks.shop.example:${port}/`
    try {
      dns.meets(fault)
      const saving = await mail.callbacks.setAccount({ url }).then(
        () => 'saved',
        (error: unknown) => (isMailError(error) ? String(error.details.cause).split(':')[0] : String(error)),
      )
      if (saving !== 'saved') await mail.callbacks.setAccount({ url, force: true })
      await mail.send({ ...welcome, to: 'ann@office.example' })
      await settle(service)
      const [told, connected] = [ids.length, connections > 0]
      dns.meets(null)
      posting = client(true)
      await settle(service, clock.now() + HOUR)
      if (problems.length > 0) throw new Error(problems.join('\n'))
      const [endpoint] = (await mail.callbacks.list()).items
      return { saving: saving ?? '', connected, told, later: ids.length, endpoint: endpoint?.state }
    } finally {
      await mail.stop({ drainMs: 0 })
      receiver.closeAllConnections()
      await new Promise((resolve) => receiver.close(resolve))
    }
  })
