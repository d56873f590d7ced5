import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { nodeListener } from './node/node-listener.js'
import { wholeBody } from './request-body.js'
import { type HttpHandler, webHandler, wrapHandler } from './web-handler.js'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** Answers what came, and whether the request itself held it. */
const answering = webHandler(async (incoming) => {
  const bytes = await wholeBody(incoming, { maxBytes: 100, withinMs: 10_000 })
  return Response.json([bytes.toString(), incoming.request.body === null, incoming.request.method])
})

const post = (url: string) => new Request(url, { method: 'POST', body: 'hello' })

async function served(handler: HttpHandler): Promise<Response> {
  const server = createServer(nodeListener(handler)).listen(0, '127.0.0.1')
  closing.push(() => server.close())
  await once(server, 'listening')
  return fetch(post(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`))
}

describe('a handler of ours', () => {
  it.each([
    ['by anybody', () => answering(post('http://localhost/'))],
    ['by our listener', () => served(answering)],
    ['by our listener, through a function around it', () => served((request) => answering(request))],
    ['by our listener, wrapped', () => served(wrapHandler(answering, (_, next) => next()))],
    ['by anybody, wrapped', () => wrapHandler(answering, (_, next) => next())(post('http://localhost/'))],
  ])('asked %s gets the body, apart from the request', async (_, ask) => {
    expect(await (await ask()).json()).toEqual(['hello', true, 'POST'])
  })

  it('is not asked where what is around it answers itself', async () => {
    const wrapped = wrapHandler(answering, async (request, next) =>
      request.headers.has('x-probe') ? new Response('alive') : next(),
    )
    const probe = new Request('http://localhost/', { headers: { 'x-probe': '1' } })
    expect(await (await wrapped(probe)).text()).toBe('alive')
    expect(await (await wrapped(post('http://localhost/'))).json()).toEqual(['hello', true, 'POST'])
  })
})
