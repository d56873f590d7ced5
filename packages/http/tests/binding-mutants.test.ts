import { bindingConformance, failuresOf, recordingRunner, type WebHandler } from '@mailwright/conformance'
import { describe, expect, it } from 'vitest'
import { aNodeServer } from './a-node-server.js'

interface Mutant {
  readonly name: string
  readonly wrong: (handler: WebHandler) => WebHandler
  /** Exactly these cases fail. */
  readonly fails: readonly string[]
  /** Cases that would wait for ever. */
  readonly without?: readonly string[]
}

/** Of a request without a body: more than any other, so that it is let be. */
const sizeOf = ({ body, headers }: Request): number =>
  body === null ? Infinity : Number(headers.get('content-length'))

const mutants: readonly Mutant[] = [
  { name: 'does nothing wrong', wrong: (handler) => handler, fails: [] },
  {
    name: 'drops the query',
    wrong: (handler) => (request) => handler(new Request(request.url.replace(/\?.*/, ''), request)),
    fails: ['binding/method-and-path', 'binding/base-path', 'binding/query-stays-as-written'],
  },
  {
    name: 'writes the query anew',
    wrong: (handler) => (request) => {
      const url = new URL(request.url)
      url.search = new URLSearchParams(url.search).toString()
      return handler(new Request(url, request))
    },
    fails: ['binding/method-and-path', 'binding/query-stays-as-written'],
  },
  {
    name: 'keeps one of repeated keys',
    wrong: (handler) => (request) => {
      const url = new URL(request.url)
      const parts = url.search.slice(1).split('&')
      const keyOf = (part: string) => part.split('=')[0]
      const kept = parts.filter((part, at) => parts.findIndex((other) => keyOf(other) === keyOf(part)) === at)
      return handler(
        new Request(`${url.origin}${url.pathname}${url.search === '' ? '' : '?'}${kept.join('&')}`, request),
      )
    },
    fails: ['binding/method-and-path', 'binding/query-stays-as-written'],
  },
  {
    name: 'decodes the path once',
    wrong: (handler) => (request) => {
      const { origin, pathname, search } = new URL(request.url)
      return handler(new Request(`${origin}${decodeURIComponent(pathname)}${search}`, request))
    },
    fails: ['binding/method-and-path', 'binding/path-stays-encoded'],
  },
  {
    name: 'refuses a body of exactly the limit',
    wrong: (handler) => async (request) =>
      sizeOf(request) === 65_536 ? new Response(null, { status: 413 }) : handler(request),
    fails: ['binding/body-up-to-the-limit'],
  },
  {
    name: 'does not say that the client has left',
    wrong: (handler) => (request) => handler(new Request(request, { signal: new AbortController().signal })),
    fails: ['binding/aborted-while-waiting'],
    without: ['binding/aborted-request'],
  },
  {
    name: 'forgets the length of what HEAD asks for',
    wrong: (handler) => async (request) => {
      const response = await handler(request)
      if (request.method === 'HEAD') response.headers.delete('content-length')
      return response
    },
    fails: ['binding/head-keeps-its-length'],
  },
  {
    name: 'gives no content a length',
    wrong: (handler) => async (request) => {
      const response = await handler(request)
      if (response.status === 204) response.headers.set('content-length', '0')
      return response
    },
    fails: ['binding/no-content-keeps-the-connection'],
  },
  {
    name: 'collects the answer as fast as it is made',
    wrong: (handler) => async (request) => {
      const response = await handler(request)
      if (response.body === null) return response
      const [kept, eager] = response.body.tee()
      void (async () => {
        for await (const _ of eager as unknown as AsyncIterable<Uint8Array>);
      })().catch(() => undefined)
      return new Response(kept, response)
    },
    fails: ['binding/response-waits-for-its-reader', 'binding/event-stream'],
    without: ['binding/aborted-response'],
  },
  {
    name: 'lets an answer run on when its client has left',
    wrong: (handler) => async (request) => {
      const response = await handler(request)
      const reader = response.body?.getReader()
      const deaf = {
        async pull(controller: ReadableStreamDefaultController) {
          const { done, value } = (await reader?.read()) ?? { done: true }
          if (done) controller.close()
          else controller.enqueue(value)
        },
      }
      return reader === undefined ? response : new Response(new ReadableStream(deaf), response)
    },
    fails: ['binding/event-stream'],
    without: ['binding/aborted-response'],
  },
  {
    name: 'reads the body as text',
    wrong: (handler) => async (request) =>
      handler(request.body === null ? request : new Request(request, { body: await request.text() })),
    fails: ['binding/raw-body-byte-exact', 'binding/body-up-to-the-limit'],
    without: ['binding/stream-upload', 'binding/upload-waits-for-its-reader', 'binding/aborted-request'],
  },
  {
    name: 'drops the body of small requests',
    wrong: (handler) => (request) => handler(sizeOf(request) > 20 ? request : new Request(request, { body: '' })),
    fails: ['binding/raw-body-byte-exact', 'binding/body-up-to-the-limit', 'binding/answers-to-their-own'],
    without: ['binding/stream-upload'],
  },
  {
    name: 'keeps one cookie',
    wrong: (handler) => async (request) => {
      const response = await handler(request)
      return new Response(response.body, { status: response.status, headers: Object.fromEntries(response.headers) })
    },
    fails: ['binding/status-and-headers'],
  },
  {
    name: 'writes the answer as text',
    wrong: (handler) => async (request) => {
      const response = await handler(request)
      return new Response((await response.text()) || null, response)
    },
    fails: [
      'binding/response-byte-exact',
      'binding/response-waits-for-its-reader',
      'binding/broken-response-is-not-whole',
    ],
    without: ['binding/stream-response', 'binding/event-stream', 'binding/aborted-response'],
  },
  {
    name: 'tells what failed',
    wrong: (handler) => (request) =>
      handler(request).catch((error: unknown) => new Response(String(error), { status: 500 })),
    fails: ['binding/failure-tells-nothing'],
  },
]

describe('the binding suite', () => {
  it.each(mutants)('sees a binding that $name', async ({ wrong, fails, without = [] }) => {
    const { runner, run } = recordingRunner()
    bindingConformance({
      runner,
      create: ({ handler, basePath }) => aNodeServer({ handler: wrong(handler), basePath }),
      skip: without.map((id) => ({ id, reason: 'would wait for ever' })),
    })
    const failed = failuresOf(await run())
    expect([...new Set(failed)].sort()).toEqual([...fails].sort())
  })
})
