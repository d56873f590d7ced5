import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A process with the receivers of `callbacks.ts` behind one port: `/well/…` takes everything, `/fails/…` answers 500, `/hangs/…` never answers. Says when
 * each callback to the first kind came, by the recipient it is about; `email` is unique there.
 */
const came: [email: string, at: number][] = []

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const at = Date.now()
    const { event, email } = JSON.parse(Buffer.concat(chunks).toString())
    if (request.url?.startsWith('/hangs')) return
    const fails = request.url?.startsWith('/fails')
    if (!fails && event !== 'ping') came.push([email, at])
    response.writeHead(fails ? 500 : 204).end()
  })
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')

process.on('message', (message: 'count' | 'take') => {
  process.send?.(message === 'count' ? came.length : came.splice(0))
})
process.on('disconnect', () => process.exit())
process.send?.((server.address() as AddressInfo).port)
