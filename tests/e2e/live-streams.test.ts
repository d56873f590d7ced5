import { describe, expect, it } from 'vitest'
import { aService } from './a-service.js'

describe('deliveries.live', () => {
  it('T25: gives one account so many streams at once, takes one from nobody else, and gives a place back when it is left', async () => {
    const { mail } = await aService({ policy: { liveStreamsPerAccount: 2 } })
    const open = (account: string) => mail.account(account).deliveries.live()[Symbol.asyncIterator]()
    const streams = [open('acme'), open('acme')]
    for (const stream of streams) expect((await stream.next()).done).toBe(false)
    await expect(open('acme').next()).rejects.toMatchObject({ code: 'LIMIT_REACHED', details: { limit: 2 } })
    const other = open('other')
    expect((await other.next()).done).toBe(false)
    await streams[0]?.return?.()
    const again = open('acme')
    expect((await again.next()).done).toBe(false)
    for (const stream of [...streams, other, again]) await stream.return?.()
    await mail.stop()
  })
})
