import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, Socket, type Server as TcpServer } from 'node:net'
import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CallbackAnswer } from '../../ports/callback-client.js'
import type { Dns } from '../../ports/dns.js'
import { type HttpCallbackClientOptions, httpCallbackClient } from './http-callback-client.js'

const never = new AbortController().signal
const open: { close(): unknown; closeAllConnections?(): void }[] = []

afterEach(() => {
  vi.restoreAllMocks()
  for (const server of open.splice(0)) {
    server.closeAllConnections?.()
    server.close()
  }
})

async function listening<T extends TcpServer>(server: T, host = '127.0.0.1'): Promise<number> {
  open.push(server)
  server.listen(0, host)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

interface Seen {
  readonly request: IncomingMessage
  readonly body: string
}

/** A receiver on the loopback that keeps what it was sent. */
async function aReceiver(answer: RequestListener = (_, response) => response.writeHead(204).end()) {
  const seen: Seen[] = []
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      seen.push({ request, body })
      answer(request, response)
    })
  })
  return { seen, port: await listening(server), server }
}

const post = (
  url: string,
  options: HttpCallbackClientOptions = { allowPrivateNetworks: true },
  { timeoutMs = 5_000, signal = never } = {},
): Promise<CallbackAnswer> =>
  httpCallbackClient(options).post(
    { url, headers: { 'content-type': 'application/json' }, body: '{"a":1}', timeoutMs },
    signal,
  )

const refused: CallbackAnswer = { type: 'failed', cause: 'address-refused', detail: null }
const ok: CallbackAnswer = { type: 'answered', status: 204, retryAfterSeconds: null }

/** Answers each question for an address with the next of these, the last one for ever. */
function resolverOf(...answers: readonly (readonly string[])[]): Pick<Dns, 'address'> & { asked: number } {
  return {
    asked: 0,
    async address() {
      this.asked += 1
      return { type: 'found', records: answers[Math.min(this.asked, answers.length) - 1] ?? [] }
    },
  }
}

/** Keeps every address that a socket of this process is told to connect to, and leads all of them to this port of the loopback. */
function connectionsLeadTo(port: number): readonly string[] {
  const asked: string[] = []
  const real = Socket.prototype.connect
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...given: readonly unknown[]) {
    const [options] = given.flat() as [{ host?: string; lookup?: unknown }]
    asked.push(`${options.host}${options.lookup ? ' by lookup' : ''}`)
    return Reflect.apply(real, this, [{ ...options, host: '127.0.0.1', port }])
  })
  return asked
}

describe('the callback client', () => {
  it('CBK-5: posts the body to the path, and tells the name in Host', async () => {
    const { seen, port } = await aReceiver()
    const resolver = fixedDns({ 'hooks.shop.example': { address: ['127.0.0.1'] } })
    const options = { resolver, allowPrivateNetworks: true }
    expect(await post(`http://hooks.shop.example.:${port}/mail?key=1`, options)).toEqual(ok)
    const [one] = seen
    expect([one?.request.method, one?.request.url, one?.body]).toEqual(['POST', '/mail?key=1', '{"a":1}'])
    expect(one?.request.headers).toMatchObject({
      host: `hooks.shop.example:${port}`,
      'content-type': 'application/json',
      'content-length': '7',
      connection: 'close',
    })
  })

  it('CBK-5, T8: connects to nothing that is private unless it is allowed to, by name or by address', async () => {
    const { seen, port } = await aReceiver()
    const resolver = fixedDns({ 'inside.shop.example': { address: ['127.0.0.1'] } })
    for (const host of [
      'inside.shop.example',
      'localhost',
      'a.localhost',
      'localhost.',
      '127.0.0.1',
      '[::1]',
      '[::ffff:7f00:1]',
      '0x7f.1',
      '2130706433',
      '017700000001',
      '１２７.0.0.1',
      '0.0.0.0',
    ]) {
      expect([host, await post(`http://${host}:${port}/`, { resolver })]).toEqual([host, refused])
    }
    expect(seen).toEqual([])
    for (const host of ['inside.shop.example', 'localhost', '127.0.0.1', '0x7f.1'])
      expect(await post(`http://${host}:${port}/`, { resolver, allowPrivateNetworks: true })).toEqual(ok)
    expect(seen).toHaveLength(4)
  })

  it('CBK-5, T8: is refused if any of several addresses is private, and for an answer that is no address', async () => {
    const { seen, port } = await aReceiver()
    const connected = connectionsLeadTo(port)
    for (const answer of [
      ['8.8.8.8', '127.0.0.1'],
      ['2606:4700::1', 'fd00:ec2::254'],
      ['8.8.8.8', '169.254.169.254'],
      ['127.1'],
      ['localhost'],
      ['fe80::1%lo'],
    ])
      expect(await post(`http://hooks.shop.example:${port}/`, { resolver: resolverOf(answer) })).toEqual(refused)
    expect([connected, seen]).toEqual([[], []])
  })

  it('CBK-5, T8: a name that is public first and private afterwards never leads to the private address', async () => {
    const { seen, port } = await aReceiver()
    const connected = connectionsLeadTo(port)
    for (let time = 0; time < 100; time += 1) {
      const resolver = resolverOf(['8.8.8.8'], ['127.0.0.1'])
      const client = httpCallbackClient({ resolver })
      const request = { url: `http://hooks.shop.example:${port}/`, headers: {}, body: '{}', timeoutMs: 5_000 }
      expect(await client.post(request, never)).toEqual(ok)
      expect(resolver.asked).toBe(1)
      expect(await client.post(request, never)).toEqual(refused)
    }
    expect(new Set(connected)).toEqual(new Set(['8.8.8.8']))
    expect(seen).toHaveLength(100)
  })

  it('CBK-5, T8: follows no redirect', async () => {
    const canary = await aReceiver()
    const location = `http://127.0.0.1:${canary.port}/`
    for (const status of [301, 302, 303, 307, 308]) {
      const { port } = await aReceiver((_, response) => response.writeHead(status, { location }).end())
      expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ type: 'answered', status })
    }
    expect(canary.seen).toEqual([])
  })

  it('CBK-5: uses no proxy of the environment', async () => {
    const proxy = await aReceiver()
    const { port } = await aReceiver()
    for (const name of ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'])
      vi.stubEnv(name, `http://127.0.0.1:${proxy.port}`)
    vi.stubEnv('NODE_USE_ENV_PROXY', '1')
    expect(await post(`http://127.0.0.1:${port}/`)).toEqual(ok)
    expect(proxy.seen).toEqual([])
    vi.unstubAllEnvs()
  })

  it('CBK-5: keeps the name in TLS while it connects to the address', async () => {
    let hello = Buffer.alloc(0)
    const server = createTcpServer((socket) =>
      socket.once('data', (bytes) => {
        hello = bytes
        socket.end()
      }),
    )
    const port = await listening(server)
    const resolver = fixedDns({ 'hooks.shop.example': { address: ['127.0.0.1'] } })
    const answer = await post(`https://hooks.shop.example:${port}/`, { resolver, allowPrivateNetworks: true })
    expect(answer).toMatchObject({ type: 'failed' })
    expect(hello.toString('latin1')).toContain('hooks.shop.example')
  })

  it('CBK-4: tries the next address of a name if one takes no connection, but repeats nothing that arrived', async () => {
    const { seen, port } = await aReceiver((_, response) => response.destroy())
    const resolver = resolverOf(['127.0.0.2', '127.0.0.1', '127.0.0.1'])
    const answer = await post(`http://hooks.shop.example:${port}/`, { resolver, allowPrivateNetworks: true })
    expect(answer).toMatchObject({ type: 'failed', cause: 'connection-lost' })
    expect(seen).toHaveLength(1)
  })

  it('CBK-4: a receiver that does not answer in time has failed, at whatever stage it hangs', async () => {
    const silent = await listening(createTcpServer(() => undefined))
    const slow = await aReceiver(() => undefined)
    const dripping = createTcpServer((socket) => {
      socket.on('error', () => undefined)
      const drip = setInterval(() => socket.write('H'), 20)
      socket.once('close', () => clearInterval(drip))
    })
    const timeout = { type: 'failed', cause: 'timeout', detail: null }
    const hanging: Pick<Dns, 'address'> = { address: () => new Promise(() => undefined) }
    const quickly = { timeoutMs: 150 }
    expect(await post(`http://127.0.0.1:${silent}/`, undefined, quickly)).toEqual(timeout)
    expect(await post(`https://127.0.0.1:${silent}/`, undefined, quickly)).toEqual(timeout)
    expect(await post(`http://127.0.0.1:${slow.port}/`, undefined, quickly)).toEqual(timeout)
    expect(await post('http://hooks.shop.example:8080/', { resolver: hanging }, quickly)).toEqual(timeout)
    expect(await post(`http://127.0.0.1:${await listening(dripping)}/`, undefined, quickly)).toMatchObject({
      type: 'failed',
    })
  })

  it.each([
    ['a header without end', (at: number) => (at === 0 ? 'HTTP/1.1 200 OK\r\nx-much: ' : 'x'.repeat(8_192)), 'no-http'],
    [
      'headers without end',
      (at: number) => (at === 0 ? 'HTTP/1.1 200 OK\r\n' : `x-${at}: ${'y'.repeat(900)}\r\n`),
      'no-http',
    ],
    ['headers one by one, slowly', (at: number) => (at === 0 ? 'HTTP/1.1 200 OK\r\n' : `x-${at}: y\r\n`), 'timeout'],
    ['promises without end', () => 'HTTP/1.1 103 Early Hints\r\n\r\n', 'timeout'],
  ] as const)('CBK-4: %s are no answer, and are not listened to for longer or further', async (_, line, cause) => {
    let written = 0
    const pouring = createTcpServer((socket) => {
      socket.on('error', () => undefined)
      let at = 0
      const pour = setInterval(() => {
        const text = line(at++)
        written += text.length
        socket.write(text)
      }, 2)
      socket.once('close', () => clearInterval(pour))
    })
    const answer = await post(`http://127.0.0.1:${await listening(pouring)}/`, undefined, { timeoutMs: 400 })
    expect(answer).toMatchObject({ type: 'failed', cause })
    expect(written).toBeLessThan(256 * 1024)
  })

  it('CBK-5: what a URL holds comes into no header but Host, and into that as a name alone', async () => {
    const { port, seen } = await aReceiver()
    await post(`http://127.0.0.1:${port}/a%0d%0aX-Evil:%201?b=%0a\r\nX-Evil: 2`)
    const [{ request } = { request: null }] = seen
    expect(request?.url).toBe('/a%0d%0aX-Evil:%201?b=%0aX-Evil:%202')
    expect(request?.headers['x-evil']).toBeUndefined()
    expect(request?.headers.host).toBe(`127.0.0.1:${port}`)
  })

  it('CBK-4: once it has answered, a body without end changes nothing and is not read on', async () => {
    let written = 0
    const { port } = await aReceiver((_, response) => {
      response.writeHead(200)
      response.on('error', () => undefined)
      const pour = (): void => {
        if (response.destroyed) return
        written += 64 * 1024
        response.write(Buffer.alloc(64 * 1024), () => setImmediate(pour))
      }
      pour()
    })
    expect(await post(`http://127.0.0.1:${port}/`)).toEqual({ type: 'answered', status: 200, retryAfterSeconds: null })
    expect(written).toBeLessThan(64 * 1024 * 1024)
    const dripping = await aReceiver((_, response) => response.writeHead(200).write('x'))
    expect(await post(`http://127.0.0.1:${dripping.port}/`)).toMatchObject({ type: 'answered', status: 200 })
  })

  it.each([
    ['120', undefined, 120],
    ['Mon, 23 Nov 2026 09:02:00 GMT', 'Mon, 23 Nov 2026 09:00:00 GMT', 120],
    ['Mon, 23 Nov 2026 08:00:00 GMT', 'Mon, 23 Nov 2026 09:00:00 GMT', 0],
    ['soon', 'Mon, 23 Nov 2026 09:00:00 GMT', null],
    ['-5', undefined, null],
    [undefined, undefined, null],
  ] as const)('CBK-4: reads Retry-After %s', async (retryAfter, date, seconds) => {
    const { port } = await aReceiver((_, response) => {
      if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter)
      if (date !== undefined) response.setHeader('date', date)
      response.writeHead(503).end('later')
    })
    expect(await post(`http://127.0.0.1:${port}/`)).toEqual({
      type: 'answered',
      status: 503,
      retryAfterSeconds: seconds,
    })
  })

  it('CBK-4: says how it failed, without an address', async () => {
    const port = await listening(createTcpServer((socket) => socket.end('220 mail.shop.example ESMTP\r\n')))
    expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ cause: 'no-http' })
    expect(await post(`https://127.0.0.1:${port}/`)).toMatchObject({ cause: 'tls' })
    const closed = await aReceiver()
    closed.server.close()
    await once(closed.server, 'close')
    expect(await post(`http://127.0.0.1:${closed.port}/`)).toEqual({
      type: 'failed',
      cause: 'connect',
      detail: 'ECONNREFUSED',
    })
    const resolver = fixedDns()
    expect(await post('http://none.example:8080/', { resolver })).toEqual({
      type: 'failed',
      cause: 'dns',
      detail: 'ENOTFOUND',
    })
    resolver.fail('broken.example')
    expect(await post('http://broken.example:8080/', { resolver })).toEqual({
      type: 'failed',
      cause: 'dns',
      detail: 'ESERVFAIL',
    })
  })

  it('CBK-4: ends at once when it is told to stop', async () => {
    const slow = await aReceiver(() => stop.abort())
    const stop = new AbortController()
    const answer = await post(`http://127.0.0.1:${slow.port}/`, undefined, { signal: stop.signal })
    expect(answer).toMatchObject({ type: 'failed', cause: 'aborted' })
    expect(await post(`http://127.0.0.1:${slow.port}/`, undefined, { signal: stop.signal })).toMatchObject({
      cause: 'aborted',
    })
    expect(slow.seen).toHaveLength(1)
  })
})
