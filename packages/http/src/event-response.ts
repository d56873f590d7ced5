import { status } from './status.js'

/** Proxies cut what is silent for longer; a comment is no event. */
const HEARTBEAT_MS = 15_000

/**
 * Server-sent events (HTML Standard §9.2), each the newest there is: a client that reads slowly misses what lay between. The first is read before anything
 * is answered, so that a refusal is one. `left` is aborted when the client goes.
 */
export async function eventResponse(
  name: string,
  events: AsyncIterable<unknown>,
  left: AbortController,
): Promise<Response> {
  const source = events[Symbol.asyncIterator]()
  let next: Promise<IteratorResult<unknown>> | null = Promise.resolve(await source.next())
  const encoder = new TextEncoder()
  let heartbeat: NodeJS.Timeout | undefined
  const stop = () => {
    clearInterval(heartbeat)
    left.abort()
  }
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        heartbeat = setInterval(() => {
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(':\n\n'))
        }, HEARTBEAT_MS)
        heartbeat.unref()
      },
      async pull(controller) {
        try {
          const { done, value } = await (next ?? source.next())
          next = null
          if (!done) return controller.enqueue(encoder.encode(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`))
          stop()
          controller.close()
        } catch (error) {
          stop()
          throw error
        }
      },
      async cancel() {
        stop()
        await source.return?.()
      },
    },
    { highWaterMark: 1 },
  )
  return new Response(body, {
    status: status.ok,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // nginx would keep them back.
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    },
  })
}
