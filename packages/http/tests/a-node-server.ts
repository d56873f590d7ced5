import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { MountedBinding, Mounting } from '@mailwright/conformance'
import { nodeListener } from '../src/index.js'

/** A plain node:http server with the handler below the base path and nothing elsewhere. */
export async function aNodeServer({ handler, basePath }: Mounting): Promise<MountedBinding> {
  const listen = nodeListener(handler)
  const server = createServer((req, res) => {
    const { url = '/' } = req
    const below = url.slice(basePath.length)
    if (!url.startsWith(basePath) || !/^([/?]|$)/.test(below)) {
      res.writeHead(404).end()
      return
    }
    req.url = below.startsWith('/') ? below : `/${below}`
    void listen(req, res)
  }).listen(0, '127.0.0.1')
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
