import type { Consumer, Queue } from '@mailwright/core'
import { MailError } from '@mailwright/core'
import { createConsumer } from './consumer.js'
import { loadPeers, type Peers } from './load-peers.js'
import { createPublisher, type Place, type Publisher } from './publisher.js'
import type { RedisConnection } from './redis-clients.js'

export interface BullmqOptions {
  /** `redis://` or `rediss://`. This or `connection`, or both: then the options complete the URL. */
  readonly url?: string
  /** Options of ioredis. */
  readonly connection?: RedisConnection
  /** What all keys begin with. Services that share a Redis and no storage have different ones. In braces, all keys are in one slot of a cluster. Default `mailwright`. */
  readonly prefix?: string
  /** The name of BullMQ's queue. Default `doorbell`. */
  readonly name?: string
  /** How many handlers run at once, per consumer. Default 64. */
  readonly concurrency?: number
}

/** No colon, which joins the parts of a key: so no two pairs of prefix and name have a key in common (T27). */
const plain = /^[\w.-]{1,64}$/
const inBraces = /^\{[\w.-]{1,64}\}$/

/** What it cannot read ioredis shows to everybody as it is, with the password (T22). */
const isRedisUrl = (url: string): boolean => /^rediss?:\/\//.test(url) && URL.canParse(url)

const placeOf = ({ url, connection, prefix = 'mailwright', name = 'doorbell' }: BullmqOptions): Place => {
  const wrong = (field: string, expected: string) => new MailError('OPTIONS_INVALID', { field, expected })
  if (url === undefined && connection === undefined) throw wrong('url', 'the URL of a Redis server, or connection')
  if (url !== undefined && !isRedisUrl(url))
    throw wrong('url', 'redis://user:password@host:port, with special characters of the password percent-encoded')
  if (!plain.test(prefix) && !inBraces.test(prefix))
    throw wrong('prefix', '1 to 64 letters, digits, _ . -, in braces for a cluster')
  if (!plain.test(name)) throw wrong('name', '1 to 64 letters, digits, _ . -')
  return { address: { url, connection }, prefix, name }
}

/**
 * Rings between processes, through BullMQ on Redis. Jobs hold ids only and are gone once rung. What is published while Redis is away rejects; what is
 * published after `close` is forgotten. @throws OPTIONS_INVALID; PEER_MISSING at the first use
 */
export const bullmq = (options: BullmqOptions): Queue => {
  const place = placeOf(options)
  const { concurrency = 64 } = options
  const consumers = new Set<Consumer>()
  const closing = new AbortController()
  let closed: Promise<void> | undefined
  let peers: Promise<Peers> | undefined
  let publisher: Promise<Publisher> | undefined

  const loaded = (): Promise<Peers> => {
    peers ??= loadPeers()
    return peers
  }
  const opened = (): Promise<Publisher> => {
    publisher ??= loaded().then((all) => createPublisher(all, place))
    return publisher
  }

  const close = async (drainMs: number): Promise<void> => {
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, drainMs)
    })
    const stopped = Promise.all([...consumers].map((consumer) => consumer.stop()))
    if (drainMs > 0) await Promise.race([stopped, patience])
    clearTimeout(timer)
    closing.abort()
    // Those that heed the signal at once still end before `close` does.
    await Promise.race([stopped, new Promise((resolve) => setImmediate(resolve))])
    const made = await publisher?.catch(() => undefined)
    made?.close()
  }

  return {
    name: 'bullmq',
    // Redis may be flushed, restarted without its file, or evict: none of it is this adapter's to forbid.
    capabilities: { durable: false, shared: true },
    async publish(jobs) {
      if (closed !== undefined) return
      await (await opened()).publish(jobs)
    },
    async consume(handler) {
      const all = await loaded()
      if (closed !== undefined) return { stop: async () => undefined }
      const consumer = createConsumer(all, place, { handler, concurrency, signal: closing.signal })
      consumers.add(consumer)
      return {
        async stop() {
          await consumer.stop()
          consumers.delete(consumer)
        },
      }
    },
    async inspect() {
      return (await opened()).inspect()
    },
    close({ drainMs }) {
      closed ??= close(drainMs)
      return closed
    },
  }
}
