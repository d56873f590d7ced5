import { machineNow } from './open-loop.js'
import { serve } from './sink.js'

export interface Arrivals {
  /** Mail to the watched domain since the last time. */
  readonly came: readonly (readonly [to: string, at: number])[]
  /** Other mail since then. */
  readonly others: number
}

/** A process with a sink that tells when each mail to one domain came, whole, by the machine's clock. */
const watched = `@${process.argv[2]}`
let came: [string, number][] = []
let others = 0

const server = serve(0, false, (to) => {
  if (to.endsWith(watched)) came.push([to, machineNow()])
  else others += 1
})
server.once('listening', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' ? address?.port : null)
})
process.on('message', () => {
  const arrivals: Arrivals = { came, others }
  came = []
  others = 0
  process.send?.(arrivals)
})
process.on('disconnect', () => process.exit())
