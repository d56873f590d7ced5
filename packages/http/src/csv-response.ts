import { status } from './status.js'

/** Bytes are handed on in pieces of about this size; a line each would cost more than its text. */
const PIECE = 16_384

/**
 * The lines as a file, no faster than the client takes them. The first are read before anything is answered, so that a refusal is one and not half a file.
 * A fault later on can only be shown by breaking off.
 */
export async function csvResponse(content: AsyncIterable<string> | Promise<string>, file: string): Promise<Response> {
  const lines = content instanceof Promise ? one(content) : content[Symbol.asyncIterator]()
  const first = await lines.next()
  const encoder = new TextEncoder()
  let waiting = first.done ? '' : first.value
  let ended = first.done === true
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        while (!ended && waiting.length < PIECE) {
          const next = await lines.next()
          if (next.done) ended = true
          else waiting += next.value
        }
        if (waiting !== '') controller.enqueue(encoder.encode(waiting))
        waiting = ''
        if (ended) controller.close()
      },
      async cancel() {
        await lines.return?.()
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, {
    status: status.ok,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${file}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

async function* one(content: Promise<string>): AsyncGenerator<string> {
  yield await content
}
