import { bullmq } from '@mailwright/adapters/queue/bullmq'
import { postgres } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService } from '@mailwright/core'

/** The worker of bench/queue.ts: tells when each mail was handed over, by the machine's clock. */
export interface HandedOver {
  readonly to: string
  readonly at: number
}

const [url = '', schema = '', redisUrl = '', prefix = ''] = process.argv.slice(2)
const mail = await createMailService({
  storage: postgres({ url, schema }),
  transport: captureTransport({
    keep: false,
    answer(_, to) {
      const handedOver: HandedOver = { to, at: performance.timeOrigin + performance.now() }
      process.send?.(handedOver)
      return { type: 'accepted', remoteId: null, reply: null }
    },
  }),
  secret: 'a secret only for the benchmarks',
  ...(redisUrl === '' ? {} : { queue: bullmq({ url: redisUrl, prefix }) }),
})
await mail.start()
process.send?.('going')
process.once('message', async () => {
  await mail.stop()
  process.disconnect()
})
