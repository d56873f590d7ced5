import { createHash } from 'node:crypto'
import type { Case } from '../register-cases.js'
import { type BindingBench, signal, type WebHandler } from './bench.js'
import { answerOf, ask, happensSoon, openRequest, wholeOf } from './http-client.js'

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/** Tells what has arrived. */
const mirror: WebHandler = async (request) => {
  const { pathname, search } = new URL(request.url)
  const body = new Uint8Array(await request.arrayBuffer())
  return Response.json({
    method: request.method,
    path: `${pathname}${search}`,
    host: new URL(request.url).host,
    headers: Object.fromEntries(request.headers),
    bytes: body.length,
    hash: sha256(body),
  })
}

const mirrored = async (...asked: Parameters<typeof ask>): Promise<Record<string, unknown>> =>
  JSON.parse((await ask(...asked)).body.toString()) as Record<string, unknown>

const everyByte = Uint8Array.from({ length: 4_096 }, (_, at) => (at * 7) % 256)

/** Bodies that change when anybody parses them and writes them again. */
const bodies: readonly (readonly [type: string, body: Uint8Array | string])[] = [
  ['application/json', '{ "b":1.0,\r\n\t"a" : "\\u00e9é", "a":2 }\n'],
  ['application/json; charset=utf-8', '[1e2]'],
  ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click&a=%7E~+&&b'],
  ['text/csv', '\ufeffemail,name\r\nann@example.org,"A\nB"\r\n'],
  ['application/octet-stream', everyByte],
]

export const requestCases: readonly Case<BindingBench>[] = [
  {
    id: 'binding/method-and-path',
    run: async ({ mount, expect }) => {
      const url = await mount(mirror)
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        expect((await mirrored(`${url}/a`, { method })).method).toBe(method)
      }
      for (const path of ['/a/b', '/a%2Fb/%C3%A9', '/a/?x=1&x=2&y=a%20b+c', '/a//b', '/a;b=c,d', '/~a.b!(c)']) {
        expect((await mirrored(`${url}${path}`)).path).toBe(path)
      }
    },
  },
  {
    id: 'binding/path-stays-encoded',
    run: async ({ mount, expect }) => {
      const url = await mount(mirror)
      for (const path of ['/a%2Fb', '/%2Fa', '/a%252Fb', '/a%5Cb', '/a%3Fb%23c', '/%E5%A7%93%E5%90%8D', '/a+b%20c']) {
        expect((await mirrored(`${url}${path}`)).path).toBe(path)
      }
    },
  },
  {
    id: 'binding/query-stays-as-written',
    run: async ({ mount, expect }) => {
      const url = await mount(mirror)
      for (const query of [
        'a=1&a=2&b=0&a=3',
        'at=x+y&at=x%20y&at=%2B',
        'a&b=&=c&&d==',
        'a[b]=1&a[]=2&a.c',
        'q=/?%26',
      ]) {
        expect((await mirrored(`${url}/a?${query}`)).path).toBe(`/a?${query}`)
      }
    },
  },
  {
    id: 'binding/base-path',
    run: async ({ mount, basePath, expect }) => {
      const url = await mount(mirror)
      expect((await mirrored(`${url}/a/b?c=1`)).path).toBe('/a/b?c=1')
      expect((await mirrored(`${url}/`)).path).toBe('/')
      expect((await mirrored(`${url}/?c=1`)).path).toBe('/?c=1')
      if (basePath === '') return
      expect((await mirrored(url)).path).toBe('/')
      // A neighbour whose name begins alike is somebody else's.
      expect((await ask(`${url}box/a`)).status).toBe(404)
      expect((await ask(`${new URL(url).origin}/elsewhere`)).status).toBe(404)
    },
  },
  {
    id: 'binding/request-target-stays-a-path',
    run: async ({ mount, basePath, expect }) => {
      const url = await mount(mirror)
      const { host, origin } = new URL(url)
      const request = openRequest(origin)
      request.path = `${basePath}//evil.example/a`
      const answered = answerOf(request)
      request.end()
      const body = JSON.parse((await wholeOf(await answered)).toString()) as Record<string, unknown>
      expect([body.host, body.path]).toEqual([host, '//evil.example/a'])
    },
  },
  {
    id: 'binding/request-headers',
    run: async ({ mount, expect }) => {
      const url = await mount(mirror)
      const given = {
        'X-Twice': ['one', 'two'],
        'idempotency-key': '"a,b"',
        authorization: 'Bearer a.b',
        cookie: 'a=1; b=2',
      }
      const { headers } = await mirrored(`${url}/`, { headers: given })
      const { 'x-twice': twice, authorization, cookie, ...rest } = headers as Record<string, string>
      expect([twice, authorization, cookie]).toEqual(['one, two', 'Bearer a.b', 'a=1; b=2'])
      expect([rest['idempotency-key'], rest.host]).toEqual(['"a,b"', new URL(url).host])
    },
  },
  {
    id: 'binding/raw-body-byte-exact',
    run: async ({ mount, expect }) => {
      const url = await mount(mirror)
      for (const [type, body] of bodies) {
        const sent = { method: 'POST', headers: { 'content-type': type }, body }
        const { bytes, hash } = await mirrored(`${url}/`, sent)
        expect([type, bytes, hash]).toEqual([type, Buffer.byteLength(body), sha256(body)])
      }
    },
  },
  {
    id: 'binding/no-body',
    run: async ({ mount, expect }) => {
      const url = await mount(mirror)
      const json = { 'content-type': 'application/json' }
      for (const [method, headers] of [
        ['GET', {}],
        ['POST', {}],
        ['POST', { ...json, 'content-length': '0' }],
        ['DELETE', json],
      ] as const) {
        expect((await mirrored(`${url}/`, { method, headers })).bytes).toBe(0)
      }
    },
  },
  {
    id: 'binding/body-up-to-the-limit',
    run: async ({ mount, expect }) => {
      const limit = 65_536
      const url = await mount(async (request) => {
        const body = new Uint8Array(await request.arrayBuffer())
        return new Response(sha256(body), { status: body.length > limit ? 413 : 200 })
      })
      // Around the sizes of the buffers between as well: no byte less, none more.
      for (const size of [1, 16_383, 16_384, 16_385, limit - 1, limit, limit + 1]) {
        const body = Buffer.alloc(size, everyByte)
        const sent = { method: 'PUT', headers: { 'content-type': 'application/octet-stream' }, body }
        const { status, body: hash } = await ask(`${url}/`, sent)
        expect([size, status, hash.toString()]).toEqual([size, size > limit ? 413 : 200, sha256(body)])
      }
    },
  },
  {
    id: 'binding/stream-upload',
    run: async ({ mount, expect }) => {
      const arrived = signal()
      const url = await mount(async (request) => {
        let bytes = 0
        for await (const piece of request.body as unknown as AsyncIterable<Uint8Array>) {
          bytes += piece.byteLength
          arrived.tell()
        }
        return new Response(String(bytes))
      })
      const request = openRequest(`${url}/`, { method: 'POST', headers: { 'content-type': 'text/csv' } })
      const answered = answerOf(request)
      request.write('email\n')
      // Were the body collected first, this would wait for ever.
      await arrived.happened
      request.end(Buffer.alloc(3_000_000, 97))
      expect((await wholeOf(await answered)).toString()).toBe('3000006')
    },
  },
  {
    id: 'binding/upload-waits-for-its-reader',
    run: async ({ mount, expect }) => {
      const total = 64 * 1024 * 1024
      const begun = signal()
      const goOn = signal()
      const url = await mount(async (request) => {
        let bytes = 0
        for await (const piece of request.body as unknown as AsyncIterable<Uint8Array>) {
          bytes += piece.byteLength
          begun.tell()
          await goOn.happened
        }
        return new Response(String(bytes))
      })
      const request = openRequest(`${url}/`, { method: 'POST', headers: { 'content-length': String(total) } })
      const answered = answerOf(request)
      const piece = Buffer.alloc(1024 * 1024)
      let written = 0
      const full = signal<boolean>()
      const write = () => {
        while (written < total) {
          written += piece.length
          if (!request.write(piece)) return
        }
        full.tell(false)
      }
      request.on('drain', write)
      request.once('finish', () => full.tell(false))
      write()
      await begun.happened
      // What is not read stays with the client: after many rounds the buffers between are full, and far less than all is written.
      for (let round = 0; round < 2_000; round += 1) await new Promise((resolve) => setImmediate(resolve))
      expect(written < total).toBe(true)
      goOn.tell()
      await full.happened
      request.end()
      expect((await wholeOf(await answered)).toString()).toBe(String(total))
    },
  },
  {
    id: 'binding/aborted-request',
    run: async ({ mount, expect }) => {
      const reading = signal()
      const ended = signal<readonly [how: string, aborted: boolean]>()
      const url = await mount(async (request) => {
        if (request.method === 'GET') return new Response('still here')
        const aborted = new Promise<boolean>((resolve) => {
          request.signal.addEventListener('abort', () => resolve(true), { once: true })
        })
        try {
          for await (const _ of request.body as unknown as AsyncIterable<Uint8Array>) reading.tell()
          ended.tell(['as if it were whole', false])
        } catch {
          ended.tell(['broken off', await aborted])
        }
        return new Response()
      })
      const headers = { 'content-type': 'text/csv', 'content-length': '1000000' }
      const request = openRequest(`${url}/`, { method: 'POST', headers })
      request.on('error', () => undefined)
      request.write('email\n')
      await reading.happened
      request.destroy()
      expect(await ended.happened).toEqual(['broken off', true])
      expect((await ask(`${url}/`)).body.toString()).toBe('still here')
    },
  },
  {
    id: 'binding/aborted-while-waiting',
    run: async ({ mount, expect }) => {
      const waiting = signal()
      let aborted = false
      const url = await mount(async (request) => {
        if (request.method === 'GET') return new Response('still here')
        await request.arrayBuffer()
        request.signal.addEventListener('abort', () => {
          aborted = true
        })
        waiting.tell()
        return new Promise<Response>(() => undefined)
      })
      const request = openRequest(`${url}/`, { method: 'POST', headers: { 'content-type': 'text/csv' } })
      request.on('error', () => undefined)
      request.end('email\n')
      await waiting.happened
      expect(aborted).toBe(false)
      request.destroy()
      expect(await happensSoon(`${url}/`, () => aborted)).toBe(true)
    },
  },
]
