import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net'
import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { afterAll, describe, expect, it } from 'vitest'
import { httpsPolicy } from '../src/transport/direct-mx/mta-sts/fetch-policy.js'
import { type Certificate, testAuthority } from './certificates.js'

const authority = testAuthority()
const own = authority.certificateFor('mta-sts.office.example')
const text = 'version: STSv1\nmode: enforce\nmx: mx.office.example\nmax_age: 86400\n'
const servers: { close(): unknown; closeAllConnections(): void }[] = []

const silentSockets = new Set<Socket>()
const endSilent = (): void => {
  for (const socket of silentSockets) socket.destroy()
}

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

async function aWebServer(answer: RequestListener, certificate: Certificate = own) {
  const paths: string[] = []
  const server = createServer(certificate, (request, response) => {
    paths.push(`${request.headers.host} ${request.url}`)
    answer(request, response)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, paths }
}

const fetchFrom = (
  port: number,
  { allowPrivateNetworks = true, ca = authority.ca, timeoutMs = 2_000, addresses = ['127.0.0.1'] } = {},
) =>
  httpsPolicy({
    dns: fixedDns({ 'mta-sts.office.example': { address: addresses } }),
    rules: () => ({ families: new Set([4]), most: 2, allowPrivateNetworks }),
    ca,
    port,
    timeoutMs,
  })('office.example')

const plain: RequestListener = (_, response) =>
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(text)

describe('fetching an MTA-STS policy', () => {
  it('gets the file of the well-known path, by its own name', async () => {
    const { port, paths } = await aWebServer(plain)
    expect(await fetchFrom(port)).toEqual({ type: 'fetched', text })
    expect(paths).toEqual(['mta-sts.office.example /.well-known/mta-sts.txt'])
  })

  it('K10: goes to the next address where nobody listens or answers at the first', async () => {
    const { port } = await aWebServer(plain)
    expect(await fetchFrom(port, { addresses: ['127.0.0.9', '127.0.0.1'] })).toEqual({ type: 'fetched', text })
    const silent = createNetServer((socket) => void silentSockets.add(socket))
    silent.listen(port, '127.0.0.10')
    await once(silent, 'listening')
    servers.push({ close: () => silent.close(), closeAllConnections: endSilent })
    const addresses = ['127.0.0.10', '127.0.0.1']
    expect(await fetchFrom(port, { addresses, timeoutMs: 400 })).toEqual({ type: 'fetched', text })
  })

  it('T8: follows no redirect', async () => {
    const canary = await aWebServer(plain)
    for (const status of [301, 302, 307, 308]) {
      const location = `https://127.0.0.1:${canary.port}/`
      const { port } = await aWebServer((_, response) => response.writeHead(status, { location }).end())
      expect(await fetchFrom(port)).toEqual({ type: 'failed', cause: `status ${status}` })
    }
    expect(canary.paths).toEqual([])
  })

  it('T8: connects to no address that is not globally reachable', async () => {
    const { port, paths } = await aWebServer(plain)
    expect(await fetchFrom(port, { allowPrivateNetworks: false })).toMatchObject({ type: 'failed' })
    expect(paths).toEqual([])
  })

  it.each([
    ['another type', 200, 'text/html', 'not text/plain'],
    ['no type', 200, '', 'not text/plain'],
    ['a 404', 404, 'text/plain', 'status 404'],
    ['a 203', 203, 'text/plain', 'status 203'],
  ])('takes %s for no policy', async (_, status, type, cause) => {
    const headers = type === '' ? {} : { 'content-type': type }
    const { port } = await aWebServer((__, response) => response.writeHead(status, headers).end(text))
    expect(await fetchFrom(port)).toEqual({ type: 'failed', cause })
  })

  it.each([
    ['for another name', authority.certificateFor('office.example'), 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['that has ended', authority.expiredFor('mta-sts.office.example'), 'CERT_HAS_EXPIRED'],
    ['of an unknown authority', testAuthority().certificateFor('mta-sts.office.example'), expect.any(String)],
  ])('K10: refuses a certificate %s', async (_, certificate, cause) => {
    const { port, paths } = await aWebServer(plain, certificate)
    expect(await fetchFrom(port)).toEqual({ type: 'failed', cause })
    expect(paths).toEqual([])
  })

  it('T29: reads 64 KiB and waits its time, no more', async () => {
    let written = 0
    const pouring = await aWebServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' })
      const pour = (): void => {
        if (response.destroyed) return
        written += 16 * 1_024
        response.write(Buffer.alloc(16 * 1_024, 'x'), () => setImmediate(pour))
      }
      response.on('error', () => undefined)
      pour()
    })
    expect(await fetchFrom(pouring.port)).toEqual({ type: 'failed', cause: 'too long' })
    expect(written).toBeLessThan(16 * 1_024 * 1_024)
    const silent = await aWebServer(() => undefined)
    expect(await fetchFrom(silent.port, { timeoutMs: 100 })).toMatchObject({ type: 'failed' })
    const dripping = await aWebServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' })
      const drip = setInterval(() => response.write('x'), 10)
      response.on('close', () => clearInterval(drip))
    })
    expect(await fetchFrom(dripping.port, { timeoutMs: 150 })).toMatchObject({ type: 'failed' })
  })
})
