import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { accepted, aService, aTask, START } from './a-service.js'

/** What the service waits for in real time passes when the test says so. */
const turns = async () => {
  for (let turn = 0; turn < 30; turn += 1) {
    await vi.advanceTimersByTimeAsync(5)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('a mail that is not answered for long', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('REL-2: is not sent a second time by its chunk, which comes back because its task was paused and restarted', async () => {
    const attempts: string[] = []
    let open = () => {}
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    const service = await aService({
      answer: async (_, to) => {
        attempts.push(to)
        if (to === 'readers0@readers.example') await opened
        return accepted
      },
    })
    const { mail, clock } = service
    const { id } = await aTask(service, 5)
    const ticking = mail.tick({ maxMs: 600_000 })
    await turns()
    expect(attempts).toHaveLength(5)
    await mail.tasks.pause(id)
    await mail.tasks.restart(id)
    for (let look = 1; look < 8; look += 1) {
      await clock.stepTo(START + look * 6_000)
      await vi.advanceTimersByTimeAsync(5_100)
      await turns()
    }
    expect(attempts).toHaveLength(5)
    open()
    await turns()
    await ticking
    expect(attempts).toHaveLength(5)
    expect(await mail.tasks.get(id)).toMatchObject({ state: 'done', delivered: 5 })
  })
})
