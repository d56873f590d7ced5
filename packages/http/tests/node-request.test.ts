import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { nodeListener } from '../src/index.js'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const seen: Request[] = []
const mirror = async (request: Request) => {
  seen.push(request)
  return new Response(`${request.url} ${await request.text()}`, { headers: { 'set-cookie': 'a=1' } })
}

async function portOf(server: ReturnType<typeof createServer> | ReturnType<typeof createHttp2Server>) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  return (server.address() as AddressInfo).port
}

/** One request as it stands, byte by byte; the body of the answer. */
async function rawly(port: number, target: string, host: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(`GET ${target} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`)
  const pieces: Buffer[] = []
  for await (const piece of socket) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString()
}

describe('a request of node:http', () => {
  it.each([
    ['app.example', '/a?b', 'http://app.example/a?b'],
    ['app.example:8080', '/', 'http://app.example:8080/'],
    ['app.example', 'http://other.example/a?b#c', 'http://app.example/a?b'],
    ['app.example', '//other.example/a', 'http://app.example//other.example/a'],
    ['app.example/admin?', '/a', 'http://localhost/a'],
    ['app.example/admin#', '/a', 'http://localhost/a'],
    ['ann:secret@app.example', '/a', 'http://localhost/a'],
    ['app.example\\admin', '/a', 'http://localhost/a'],
    ['[::', '/a', 'http://localhost/a'],
    ['', '/a', 'http://localhost/a'],
  ])('whose host is “%s” asks for %s', async (host, target, url) => {
    const errors: unknown[] = []
    const listen = nodeListener(mirror, (error) => errors.push(error))
    const port = await portOf(createServer((req, res) => void listen(req, res)))
    expect(await rawly(port, target, host)).toContain(`${url} `)
    expect(errors).toEqual([])
  })

  it('goes where the framework says, whatever its own target and host are', async () => {
    const asked = () => ({ origin: 'https://app.example', target: '/below?x' })
    const listen = nodeListener(mirror, undefined, asked)
    const port = await portOf(createServer((req, res) => void listen(req, res)))
    expect(await rawly(port, '/mail/below?x', 'inside:3000')).toContain('https://app.example/below?x ')
  })
})

describe('a request of node:http2', () => {
  async function aSession() {
    const listen = nodeListener(mirror)
    // The compatibility API is node:http's for all that is used here.
    const server = createHttp2Server((req, res) => void listen(req as never, res as never))
    const session = connectHttp2(`http://127.0.0.1:${await portOf(server)}`)
    closing.push(() => session.destroy())
    return async (headers: Readonly<Record<string, string | string[]>>, ...pieces: readonly string[]) => {
      const stream = session.request({ ':authority': 'app.example', ...headers }, { endStream: pieces.length === 0 })
      for (const piece of pieces) stream.write(piece)
      if (pieces.length > 0) stream.end()
      const [answer] = await once(stream, 'response')
      const body: Buffer[] = []
      for await (const piece of stream) body.push(piece as Buffer)
      return { status: answer[':status'], cookies: answer['set-cookie'], body: Buffer.concat(body).toString() }
    }
  }

  it('has the host of its authority, its cookies in one, and none of the pseudo headers', async () => {
    const ask = await aSession()
    expect(await ask({ ':path': '/a?b', cookie: ['a=1', 'b=2'] })).toEqual({
      status: 200,
      cookies: ['a=1'],
      body: 'http://app.example/a?b ',
    })
    const headers = Object.fromEntries(seen.at(-1)?.headers ?? [])
    expect(headers).toEqual({ cookie: 'a=1; b=2' })
  })

  it('may have a body without a length, or none', async () => {
    const ask = await aSession()
    const post = { ':method': 'POST', ':path': '/' }
    expect((await ask(post, 'one', 'two')).body).toBe('http://app.example/ onetwo')
    expect((await ask(post)).body).toBe('http://app.example/ ')
    expect(seen.at(-1)?.body).toBeNull()
  })
})
