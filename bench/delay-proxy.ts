import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * A process that stands for a distance: forwards TCP to a port of this machine, each piece so many milliseconds after it came, in order, both ways. What is
 * written without waiting for an answer travels together, as on a real line; how much of it may be under way is not limited.
 */
const [target = '0', wayMs = '10'] = process.argv.slice(2)
const ms = Number(wayMs)

/** Timers of one length fire in the order they were set. */
function forward(from: Socket, to: Socket): void {
  from.on('data', (piece: Buffer) => setTimeout(() => to.write(piece), ms))
  from.on('end', () => setTimeout(() => to.end(), ms))
  from.on('error', () => to.destroy())
  from.on('close', () => setTimeout(() => to.destroy(), ms))
  from.setNoDelay(true)
}

const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (near) => {
  // The three ways of the handshake that the near side has been spared.
  setTimeout(() => {
    const far = connect({ port: Number(target), host: '127.0.0.1', allowHalfOpen: true })
    forward(near, far)
    forward(far, near)
    near.resume()
  }, 3 * ms)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
process.on('disconnect', () => process.exit())
process.send?.((server.address() as AddressInfo).port)
