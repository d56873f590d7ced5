import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { ReadyResponse } from '../ready-response.js'

/**
 * Writes the answer as it comes, no faster than the client takes it. Rejects if either side breaks off; the other is then closed too. One that is at hand is left
 * to Node at once, whatever the client does.
 */
export async function writeResponse(response: Response, res: ServerResponse): Promise<void> {
  res.statusCode = response.status
  for (const [name, value] of response.headers) if (name !== 'set-cookie') res.setHeader(name, value)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) res.setHeader('set-cookie', cookies)
  if (response instanceof ReadyResponse && res.req.method !== 'HEAD') {
    res.end(response.content)
    return
  }
  if (response.body === null || res.req.method === 'HEAD') {
    await response.body?.cancel()
    res.end()
    return
  }
  res.flushHeaders()
  await pipeline(Readable.fromWeb(response.body as NodeReadableStream), res)
}
