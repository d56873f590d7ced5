import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Requests under way, and streams that would go on for ever, have this long. */
const LAST_WORDS_MS = 5_000

export interface Listening {
  readonly port: number
  /** No new requests; resolves when the last is answered or cut off. */
  close(): Promise<void>
}

export type Listener = (req: IncomingMessage, res: ServerResponse) => void

/** @throws what node:http says, such as EADDRINUSE */
export async function listen(
  listener: Listener,
  { port, host }: { readonly port: number; readonly host: string | undefined },
): Promise<Listening> {
  const server = createServer(listener)
  server.listen({ port, ...(host === undefined ? {} : { host }) })
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), LAST_WORDS_MS)
        server.close(() => {
          clearTimeout(cut)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}
