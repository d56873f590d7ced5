import { expect } from 'vitest'
import { fillSamples, type SampleService, sampleService } from '../../packages/console/samples.js'

/** The samples, once every mail of them has been tried: 8 mailboxes are gone, 8 are full and will be tried again, all else is delivered. */
export async function aSentService(): Promise<SampleService> {
  const samples = await sampleService()
  await fillSamples(samples)
  const { mail } = samples
  const figures = async () => {
    await mail.tick()
    const status = await mail.deliveries.queueStatus()
    const of = (name: 'sent' | 'delivered' | 'bounced') => status.series.reduce((sum, point) => sum + point[name], 0)
    return { sent: of('sent'), delivered: of('delivered'), bounced: of('bounced'), queued: status.queued.total }
  }
  await expect.poll(figures, { timeout: 30_000 }).toEqual({ sent: 302, delivered: 286, bounced: 8, queued: 8 })
  return samples
}
