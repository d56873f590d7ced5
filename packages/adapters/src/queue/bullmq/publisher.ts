import type { Finding, Job } from '@mailwright/core'
import { evictionFindings, unknownPolicy, unreachable } from './eviction.js'
import type { Peers } from './load-peers.js'
import { machineNow } from './machine-clock.js'
import { publisherClient, type RedisAddress } from './redis-clients.js'
import { type RingData, ringOptions } from './ring-job.js'

export interface Place {
  readonly address: RedisAddress
  readonly prefix: string
  readonly name: string
}

export interface Publisher {
  publish(jobs: readonly Job[]): Promise<void>
  inspect(): Promise<readonly Finding[]>
  close(): void
}

/** Within this, Redis has answered or is called away. */
const PATIENCE_MS = 2_000
/** Entries of BullMQ's stream of events, which nobody reads here. */
const EVENTS = 100

export const createPublisher = (peers: Peers, { address, prefix, name }: Place): Publisher => {
  const client = publisherClient(peers, address, PATIENCE_MS)
  let trouble = 'no answer'
  client.on('error', (error) => {
    trouble = error.message || error.name
  })
  const queue = new peers.bullmq.Queue<RingData>(name, {
    connection: client,
    prefix,
    // Its console lines about version and policy are findings here.
    skipVersionCheck: true,
    streams: { events: { maxLen: EVENTS } },
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  })
  queue.on('error', () => undefined)

  const patiently = async <T>(answer: Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`Redis is away: ${trouble}`)), PATIENCE_MS)
      timer.unref()
    })
    try {
      return await Promise.race([answer, late])
    } finally {
      clearTimeout(timer)
    }
  }

  let ready: Promise<void> | undefined
  /** BullMQ waits for the first connection as long as it takes; asking it before would leave a ring behind for each call. */
  const connected = async (): Promise<void> => {
    if (client.status === 'ready') return
    ready ??= new Promise((resolve) => {
      client.once('ready', () => {
        ready = undefined
        resolve()
      })
    })
    await patiently(ready)
  }

  const put = (job: Job) => queue.add('ring', { ...job }, ringOptions(job, machineNow()))

  return {
    async publish(jobs) {
      await connected()
      await patiently(Promise.all(jobs.map(put)))
    },
    async inspect() {
      try {
        await connected()
      } catch {
        return [unreachable(trouble)]
      }
      try {
        return evictionFindings(await patiently(client.info('memory')))
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        // What Redis itself has said; anything else never came that far.
        return [error instanceof Error && error.name === 'ReplyError' ? unknownPolicy(why) : unreachable(why)]
      }
    },
    close() {
      client.disconnect()
    },
  }
}
