import type { Redis, RedisOptions } from 'ioredis'
import type { Peers } from './load-peers.js'

/** What of ioredis' options is the host's to choose: keys are prefixed by the queue, and replies have to be what BullMQ reads. */
export type RedisConnection = Omit<RedisOptions, 'replyMapping' | 'keyPrefix'>

export interface RedisAddress {
  readonly url?: string | undefined
  readonly connection?: RedisConnection | undefined
}

/** A host that cannot be found or reached is tried again this often at least. */
const LONGEST_PAUSE_MS = 2_000
const reconnecting: RedisConnection = { retryStrategy: (times) => Math.min(50 * times, LONGEST_PAUSE_MS) }

const open = ({ ioredis }: Peers, { url, connection }: RedisAddress, options: RedisConnection): Redis => {
  const all = { ...reconnecting, ...connection, ...options }
  return url === undefined ? new ioredis.Redis(all) : new ioredis.Redis(url, all)
}

/** Fails instead of waiting: whoever publishes is told that nobody has heard. A server that does not answer within `patienceMs` is left. */
export const publisherClient = (peers: Peers, address: RedisAddress, patienceMs: number): Redis =>
  open(peers, address, {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    socketTimeout: patienceMs,
  })

export interface ConsumerClient {
  readonly client: Redis
  /** Ends it and every copy that BullMQ has made of it, whatever they wait for. */
  disconnect(): void
}

/** Longer than any of BullMQ's blocking commands (10 s). */
const SILENCE_MS = 20_000

/** Waits for Redis as long as it takes. */
export const consumerClient = (peers: Peers, address: RedisAddress, heard: (error: Error) => void): ConsumerClient => {
  const client = open(peers, address, { maxRetriesPerRequest: null, socketTimeout: SILENCE_MS })
  const clients = [client]
  const duplicate = client.duplicate.bind(client)
  client.duplicate = (override) => {
    const copy = duplicate(override)
    copy.on('error', heard)
    clients.push(copy)
    return copy
  }
  client.on('error', heard)
  return {
    client,
    disconnect: () => {
      for (const one of clients) one.disconnect()
    },
  }
}
