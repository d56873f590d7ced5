import type { IncomingMessage } from 'node:http'

/**
 * The body as a stream that touches the request only once it is read. So a refusal that needs no body leaves it to Node, which throws the rest away and
 * keeps the connection usable. Breaks off with the request.
 * @param answered when the answer is written: what a reader has left unread then must not block the connection.
 */
export function bodyStream(req: IncomingMessage, answered: Promise<void>): ReadableStream<Uint8Array> {
  let stop: (() => void) | null = null
  const source = {
    pull(controller: ReadableStreamDefaultController<Uint8Array>) {
      stop ??= listen(req, controller, answered)
      req.resume()
    },
    cancel() {
      stop?.()
      // What is still to come is let through to nowhere, else the client would wait for ever to get rid of it.
      req.resume()
    },
  }
  return new ReadableStream(source, { highWaterMark: 0 })
}

function listen(
  req: IncomingMessage,
  controller: ReadableStreamDefaultController<Uint8Array>,
  answered: Promise<void>,
): () => void {
  let isOver = false
  const onData = (piece: Uint8Array) => {
    controller.enqueue(new Uint8Array(piece))
    if ((controller.desiredSize ?? 0) <= 0) req.pause()
  }
  const onEnd = () => {
    stop()
    controller.close()
  }
  const onBroken = (cause?: Error) => {
    stop()
    controller.error(cause ?? new Error('The request was broken off.'))
  }
  const onClose = () => onBroken()
  const onAnswered = () => {
    if (isOver) return
    onBroken(new Error('The request was answered before its body was read.'))
    req.resume()
  }
  const stop = () => {
    isOver = true
    req.off('data', onData).off('end', onEnd).off('close', onClose)
    // An error after the end of interest must not become an unhandled one.
    req.off('error', onBroken).on('error', () => undefined)
  }
  req.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onClose)
  void answered.then(onAnswered)
  if (req.destroyed) onBroken()
  return stop
}
