import type { ServerResponse } from 'node:http'
import { problemResponse } from '../problem.js'
import { answerOf } from '../web-handler.js'
import { type Asked, type Ends, type NodeRequest, toIncoming } from './to-incoming.js'
import { writeResponse } from './write-response.js'

/**
 * Mounts a web-standard handler wherever node:http's request and response are (or node:http2's of its compatibility API): a plain server, Express, Nest.
 * The handler's second argument is the framework's own request. The promise never rejects; the request's signal aborts when the client leaves before the
 * answer is written.
 * @param asked what the framework knows better than the request itself: where it is mounted, which proxy it trusts.
 */
export function nodeListener<Native extends NodeRequest = NodeRequest>(
  handler: (request: Request, native: Native) => Promise<Response>,
  onError?: (error: unknown) => void,
  asked: (req: Native) => Asked = () => ({}),
): (req: Native, res: ServerResponse) => Promise<void> {
  const answer = answerOf(handler)
  const answerTo = async (req: Native, ends: Ends): Promise<Response> => {
    try {
      return await answer(toIncoming(req, ends, asked(req)), req)
    } catch (error) {
      return problemResponse(error, onError)
    }
  }
  return async (req, res) => {
    const left = new AbortController()
    let over = () => {}
    const isOver = new Promise<void>((resolve) => {
      over = resolve
    })
    const onClose = () => res.writableFinished || left.abort()
    res.once('close', onClose)
    try {
      const response = await answerTo(req, { left: left.signal, answered: isOver })
      if (res.destroyed) await response.body?.cancel()
      else await writeResponse(response, res)
    } catch (error) {
      // A client that leaves is no error of ours; a body that fails can only be shown by breaking off.
      if (!left.signal.aborted) onError?.(error)
      res.destroy()
    } finally {
      over()
    }
  }
}
