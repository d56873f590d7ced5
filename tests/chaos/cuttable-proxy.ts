import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * `freeze`: nothing passes, and all of it does when the line is healed. `drop`: what is sent is gone, and so is the connection for good, though neither
 * end hears of it. `reset`: both ends hear at once, and nobody can connect.
 */
export type Cut = 'freeze' | 'drop' | 'reset'

/** A line to a server that can be cut and healed. */
export interface CuttableProxy {
  readonly port: number
  cut(how: Cut): void
  heal(): void
  close(): Promise<void>
}

export async function cuttableProxy(target: { readonly host: string; readonly port: number }): Promise<CuttableProxy> {
  const pairs = new Set<readonly [Socket, Socket]>()
  let how: Cut | null = null

  const cutPair = (pair: readonly [Socket, Socket]): void => {
    for (const socket of pair) {
      socket.unpipe()
      if (how === 'reset') socket.destroy()
      if (how === 'freeze') socket.pause()
      // Read and forgotten.
      if (how === 'drop') socket.resume()
    }
    if (how === 'drop') pairs.delete(pair)
  }
  const join = ([near, far]: readonly [Socket, Socket]): void => {
    near.pipe(far)
    far.pipe(near)
  }

  const dropped = new Set<Socket>()
  const server = createServer((near) => {
    near.on('error', () => near.destroy())
    if (how === 'reset') return void near.destroy()
    if (how === 'drop') {
      dropped.add(near)
      near.resume()
      return
    }
    const far = connect(target)
    far.on('error', () => far.destroy())
    near.setNoDelay(true)
    far.setNoDelay(true)
    const pair = [near, far] as const
    for (const socket of pair) {
      dropped.add(socket)
      socket.on('close', () => {
        dropped.delete(socket)
        // A dropped line does not even tell that the other end is gone.
        if (!pairs.delete(pair)) return
        near.destroy()
        far.destroy()
      })
    }
    pairs.add(pair)
    if (how === null) join(pair)
    else cutPair(pair)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as AddressInfo).port,
    cut(cut) {
      how = cut
      for (const pair of [...pairs]) cutPair(pair)
    },
    heal() {
      how = null
      for (const pair of pairs) join(pair)
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of dropped) socket.destroy()
      await closed
    },
  }
}
