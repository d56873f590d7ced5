import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'

/** Serves the application on a port of its own. */
export async function served(app: Express, basePath = '') {
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${basePath}`,
    async close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
