import type { Case } from '../register-cases.js'
import { type BindingBench, signal, type WebHandler } from './bench.js'
import { answerOf, ask, happensSoon, oneConnection, openRequest, wholeOf } from './http-client.js'

const everyByte = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 31) % 256)

export const responseCases: readonly Case<BindingBench>[] = [
  {
    id: 'binding/status-and-headers',
    run: async ({ mount, expect }) => {
      const url = await mount(async (request) => {
        const status = Number(new URL(request.url).pathname.slice(1))
        const headers = new Headers({ 'X-Kept': 'a, b', location: '/x?y', 'content-type': 'application/problem+json' })
        headers.append('set-cookie', 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT')
        headers.append('set-cookie', 'b=2')
        return new Response(status === 204 || status === 304 ? null : `{"is":${status}}`, { status, headers })
      })
      for (const status of [200, 201, 204, 302, 304, 400, 401, 404, 409, 413, 429, 500, 503]) {
        const { headers, body, ...answer } = await ask(`${url}/${status}`)
        expect(answer.status).toBe(status)
        expect(body.toString()).toBe(status === 204 || status === 304 ? '' : `{"is":${status}}`)
        expect([headers['x-kept'], headers.location]).toEqual(['a, b', '/x?y'])
        expect(headers['content-type']).toBe('application/problem+json')
        expect(headers['set-cookie']).toEqual(['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'])
      }
    },
  },
  {
    id: 'binding/response-byte-exact',
    run: async ({ mount, expect }) => {
      const url = await mount(async () => new Response(everyByte))
      expect((await ask(`${url}/`)).body.equals(everyByte)).toBe(true)
    },
  },
  {
    id: 'binding/head',
    run: async ({ mount, expect }) => {
      const url = await mount(async ({ method }) => new Response('not to be sent', { headers: { 'x-method': method } }))
      const { status, headers, body } = await ask(`${url}/`, { method: 'HEAD' })
      expect([status, headers['x-method'], body.length]).toEqual([200, 'HEAD', 0])
    },
  },
  {
    id: 'binding/head-keeps-its-length',
    run: async ({ mount, expect }) => {
      const headers = { 'content-type': 'text/plain', 'content-length': '9', etag: '"a"' }
      const url = await mount(async ({ method }) => new Response(method === 'HEAD' ? null : 'nine here', { headers }))
      const agent = oneConnection()
      try {
        const told = await ask(`${url}/`, { method: 'HEAD', agent })
        expect([told.status, told.body.length]).toEqual([200, 0])
        expect([told.headers['content-length'], told.headers.etag]).toEqual(['9', '"a"'])
        const given = await ask(`${url}/`, { agent })
        expect([given.reused, given.body.toString()]).toEqual([true, 'nine here'])
      } finally {
        agent.destroy()
      }
    },
  },
  {
    id: 'binding/no-content-keeps-the-connection',
    run: async ({ mount, expect }) => {
      const url = await mount(async (request) => {
        const status = Number(new URL(request.url).pathname.slice(1))
        return status === 200 ? new Response('more') : new Response(null, { status })
      })
      const agent = oneConnection()
      try {
        await ask(`${url}/200`, { agent })
        for (const status of [204, 304]) {
          const none = await ask(`${url}/${status}`, { agent })
          // RFC 9110 §8.6, RFC 9112 §6.1: with such a status the next answer begins at once.
          const said = [none.headers['content-length'], none.headers['transfer-encoding']]
          expect([none.status, none.body.length, ...said]).toEqual([status, 0, undefined, undefined])
          const next = await ask(`${url}/200`, { agent })
          expect([next.reused, next.body.toString()]).toEqual([true, 'more'])
        }
      } finally {
        agent.destroy()
      }
    },
  },
  {
    id: 'binding/stream-response',
    run: async ({ mount, expect }) => {
      const arrived = signal()
      const url = await mount(async () => {
        const pieces = async function* () {
          yield 'first '
          // Were the answer collected first, this would wait for ever.
          await arrived.happened
          yield 'second'
        }
        return new Response(ReadableStream.from(pieces()).pipeThrough(new TextEncoderStream()))
      })
      const request = openRequest(`${url}/`)
      const answered = answerOf(request)
      request.end()
      const response = await answered
      const pieces: string[] = []
      for await (const piece of response) {
        pieces.push(String(piece))
        arrived.tell()
      }
      expect(pieces.join('')).toBe('first second')
    },
  },
  {
    id: 'binding/response-waits-for-its-reader',
    run: async ({ mount, expect }) => {
      const piece = new Uint8Array(1024 * 1024)
      const pieces = 64
      let made = 0
      const url = await mount(async () => {
        const body = {
          pull(controller: ReadableStreamDefaultController) {
            made += 1
            controller.enqueue(piece)
            if (made === pieces) controller.close()
          },
        }
        return new Response(new ReadableStream(body, { highWaterMark: 0 }))
      })
      const request = openRequest(`${url}/`)
      const answered = answerOf(request)
      request.end()
      const response = await answered
      // Unread here, it fills the buffers between, which hold far less than all of it.
      for (let round = 0; round < 2_000; round += 1) await new Promise((resolve) => setImmediate(resolve))
      expect(made < pieces).toBe(true)
      let bytes = 0
      for await (const part of response) bytes += (part as Buffer).length
      expect(bytes).toBe(pieces * piece.length)
    },
  },
  {
    id: 'binding/event-stream',
    run: async ({ mount, expect }) => {
      let ended = false
      const feed = signal<ReadableStreamDefaultController<string>>()
      const url = await mount(async (request) => {
        if (new URL(request.url).pathname === '/other') return new Response('still here')
        const events = {
          start: (controller: ReadableStreamDefaultController<string>) => feed.tell(controller),
          cancel() {
            ended = true
          },
        }
        const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform' }
        return new Response(new ReadableStream(events).pipeThrough(new TextEncoderStream()), { headers })
      })
      const request = openRequest(`${url}/`)
      request.on('error', () => undefined)
      const answered = answerOf(request)
      request.end()
      // The answer begins before there is anything to tell, or this would wait for ever.
      const response = await answered
      response.on('error', () => undefined)
      const arriving = response[Symbol.asyncIterator]()
      for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
        ;(await feed.happened).enqueue(event)
        expect(String((await arriving.next()).value)).toBe(event)
        expect((await ask(`${url}/other`)).body.toString()).toBe('still here')
      }
      // It stays open while nothing happens, and ends with its client although nobody was about to write.
      expect([response.readableEnded, ended]).toEqual([false, false])
      response.destroy()
      expect(await happensSoon(`${url}/other`, () => ended)).toBe(true)
    },
  },
  {
    id: 'binding/aborted-response',
    run: async ({ mount, expect }) => {
      const cancelled = signal<string>()
      const url = await mount(async (request) => {
        if (new URL(request.url).pathname === '/short') return new Response('still here')
        const endless = {
          pull: (controller: ReadableStreamDefaultController) => controller.enqueue(new Uint8Array(65_536)),
          cancel: () => cancelled.tell('cancelled'),
        }
        return new Response(new ReadableStream(endless))
      })
      const request = openRequest(`${url}/`)
      request.on('error', () => undefined)
      const answered = answerOf(request)
      request.end()
      const response = await answered
      response.on('error', () => undefined)
      response.destroy()
      expect(await cancelled.happened).toBe('cancelled')
      expect((await ask(`${url}/short`)).body.toString()).toBe('still here')
    },
  },
  {
    id: 'binding/broken-response-is-not-whole',
    run: async ({ mount, expect }) => {
      const url = await mount(async () => {
        const pieces = async function* () {
          yield 'first '
          throw new Error('the storage went away')
        }
        return new Response(ReadableStream.from(pieces()).pipeThrough(new TextEncoderStream()))
      })
      const got = await ask(`${url}/`).then(
        ({ body }) => `whole: ${body}`,
        () => 'broken off',
      )
      expect(got).toBe('broken off')
    },
  },
  {
    id: 'binding/unauthorised-refused',
    run: async ({ mount, expect }) => {
      const refuse: WebHandler = async (request) =>
        request.headers.has('authorization')
          ? new Response(String((await request.arrayBuffer()).byteLength))
          : Response.json({ code: 'UNAUTHENTICATED' }, { status: 401 })
      const url = await mount(refuse)
      const agent = oneConnection()
      try {
        // Refused without reading: the answer arrives all the same, and the connection is still good.
        const upload = {
          method: 'POST',
          headers: { 'content-type': 'text/csv' },
          body: Buffer.alloc(2_000_000, 97),
          agent,
        }
        const refused = await ask(`${url}/`, upload)
        expect([refused.status, refused.body.toString()]).toEqual([401, '{"code":"UNAUTHENTICATED"}'])
        const headers = { ...upload.headers, authorization: 'Bearer x' }
        const taken = await ask(`${url}/`, { ...upload, headers })
        expect([taken.status, taken.body.toString()]).toEqual([200, '2000000'])
      } finally {
        agent.destroy()
      }
    },
  },
  {
    id: 'binding/refused-in-the-middle',
    run: async ({ mount, expect }) => {
      const url = await mount(async (request) => {
        for await (const _ of request.body as unknown as AsyncIterable<Uint8Array>) break
        return new Response('enough', { status: 413 })
      })
      const upload = { method: 'POST', headers: { 'content-type': 'text/csv' }, body: Buffer.alloc(8_000_000, 97) }
      const agent = oneConnection()
      try {
        for (let time = 0; time < 3; time += 1) {
          const { status, body } = await ask(`${url}/`, { ...upload, agent })
          expect([status, body.toString()]).toEqual([413, 'enough'])
        }
      } finally {
        agent.destroy()
      }
    },
  },
  {
    id: 'binding/answered-in-the-middle',
    run: async ({ mount, expect }) => {
      const url = await mount(async (request) => {
        // Unlike a loop that is left, this forgets to say that it wants no more.
        await request.body?.getReader().read()
        return new Response('enough', { status: 413 })
      })
      // More than the buffers between can hold.
      const body = Buffer.alloc(48 * 1024 * 1024)
      const upload = { method: 'POST', headers: { 'content-type': 'text/csv' } }
      const agent = oneConnection()
      const request = openRequest(`${url}/`, { ...upload, agent })
      request.on('error', () => undefined)
      const answered = answerOf(request)
      const closed = new Promise((resolve) => request.once('close', resolve))
      request.end(body)
      try {
        expect((await wholeOf(await answered)).toString()).toBe('enough')
        await closed
        // The rest was let through to nowhere, so that the connection is good for the next one.
        expect((await ask(`${url}/`, { ...upload, body: 'email\n', agent })).reused).toBe(true)
      } finally {
        agent.destroy()
      }
    },
  },
  {
    id: 'binding/failure-tells-nothing',
    run: async ({ mount, expect }) => {
      const url = await mount(async () => {
        throw new Error('connect ECONNREFUSED 10.0.0.7')
      })
      const { status, body } = await ask(`${url}/`)
      expect(status).toBe(500)
      expect(/10\.0\.0\.7|ECONNREFUSED|\.js:|\.ts:/.test(body.toString())).toBe(false)
    },
  },
  {
    id: 'binding/answers-to-their-own',
    run: async ({ mount, expect }) => {
      const url = await mount(async (request) => {
        const text = await request.text()
        await new Promise((resolve) => setImmediate(resolve))
        return new Response(`${new URL(request.url).pathname}:${text}`)
      })
      const headers = { 'content-type': 'text/csv' }
      const asked = Array.from({ length: 50 }, (_, at) =>
        ask(`${url}/${at}`, { method: 'POST', headers, body: `${at}` }),
      )
      const answers = (await Promise.all(asked)).map(({ body }) => body.toString())
      expect(answers).toEqual(answers.map((_, at) => `/${at}:${at}`))
    },
  },
]
