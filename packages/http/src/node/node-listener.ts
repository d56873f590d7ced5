import type { ServerResponse } from 'node:http'
import { problemResponse } from '../problem.js'
import { type NodeRequest, toRequest } from './to-request.js'
import { writeResponse } from './write-response.js'

/**
 * Mounts a web-standard handler wherever node:http's request and response are: a plain server, Express, Nest. The handler's second argument is the
 * framework's own request. The promise never rejects; the request's signal aborts when the client leaves before the answer is written.
 */
export function nodeListener<Native extends NodeRequest = NodeRequest>(
  handler: (request: Request, native: Native) => Promise<Response>,
  onError?: (error: unknown) => void,
): (req: Native, res: ServerResponse) => Promise<void> {
  return async (req, res) => {
    const left = new AbortController()
    const onClose = () => res.writableFinished || left.abort()
    res.once('close', onClose)
    try {
      const response = await answered(handler, req, left.signal, onError)
      if (res.destroyed) await response.body?.cancel()
      else await writeResponse(response, res)
    } catch (error) {
      // A client that leaves is no error of ours; a body that fails can only be shown by breaking off.
      if (!left.signal.aborted) onError?.(error)
      res.destroy()
    }
  }
}

async function answered<Native extends NodeRequest>(
  handler: (request: Request, native: Native) => Promise<Response>,
  req: Native,
  signal: AbortSignal,
  onError?: (error: unknown) => void,
): Promise<Response> {
  try {
    return await handler(toRequest(req, signal), req)
  } catch (error) {
    return problemResponse(error, onError)
  }
}
