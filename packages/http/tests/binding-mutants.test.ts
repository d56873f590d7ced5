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
    fails: ['binding/method-and-path', 'binding/base-path'],
  },
  {
    name: 'reads the body as text',
    wrong: (handler) => async (request) =>
      handler(request.body === null ? request : new Request(request, { body: await request.text() })),
    fails: ['binding/raw-body-byte-exact'],
    without: ['binding/stream-upload', 'binding/upload-waits-for-its-reader', 'binding/aborted-request'],
  },
  {
    name: 'drops the body of small requests',
    wrong: (handler) => (request) => handler(sizeOf(request) > 20 ? request : new Request(request, { body: '' })),
    fails: ['binding/raw-body-byte-exact', 'binding/answers-to-their-own'],
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
    fails: ['binding/response-byte-exact', 'binding/broken-response-is-not-whole'],
    without: ['binding/stream-response', 'binding/aborted-response'],
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
