import type { Incoming } from './request-body.js'

/** Answers a request; that of `createHttpHandler` never rejects. `native` is what the binding passes on to `authorize`. */
export type HttpHandler<Native = unknown> = (request: Request, native?: Native) => Promise<Response>

/** What stands behind a handler. */
export type Answer<Native = unknown> = (incoming: Incoming, native: Native) => Promise<Response>

const answers = new WeakMap<object, Answer<never>>()

/** The web-standard function around an answer. */
export function webHandler<Native>(answer: Answer<Native>): HttpHandler<Native> {
  const handler: HttpHandler<Native> = async (request, native) => answer(taken(request), native as Native)
  answers.set(handler, answer)
  return handler
}

/**
 * What our own listener asks: behind a handler of ours the answer itself, so that no Request with a body is made, which costs as much as a send; of another
 * one, such as a host's around ours, the handler.
 */
export const answerOf = <Native>(handler: (request: Request, native: Native) => Promise<Response>): Answer<Native> =>
  (answers.get(handler) as Answer<Native> | undefined) ?? ((incoming, native) => handler(whole(incoming), native))

/**
 * A handler with something around it, such as probes before it or a header after it. `around` gets the request without its body, and calls `next` or answers
 * itself; what it throws is a rejection. A function of your own around the handler does as well; this one costs nothing, since our listener still need not make a
 * Request with a body.
 */
export const wrapHandler = <Native>(
  handler: HttpHandler<Native>,
  around: (request: Request, next: () => Promise<Response>) => Promise<Response>,
): HttpHandler<Native> =>
  webHandler<Native>((incoming, native) => around(incoming.request, () => answerOf<Native>(handler)(incoming, native)))

const taken = (request: Request): Incoming =>
  request.body === null ? { request, body: () => null } : { request: withoutBody(request), body: () => request.body }

const withoutBody = ({ url, method, headers, signal }: Request): Request =>
  new Request(url, { method, headers, signal })

function whole({ request, body }: Incoming): Request {
  const stream = body()
  // Named, since browsers' types do not know `duplex`, which Node asks for.
  const init = { body: stream, duplex: 'half' } as const
  return stream === null ? request : new Request(request, init)
}
