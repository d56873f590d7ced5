import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { countingCalls } from '@mailwright/conformance'
import type { StalledEvent } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aService, settle, welcome } from './a-service.js'

const MINUTE = 60_000

/** A process that only accepts, and every alarm it raised. */
async function anAcceptor() {
  const said: string[] = []
  const logger = { log: (_: string, event: string) => void said.push(event) }
  const service = await aService({ more: { worker: false, logger } })
  const alarms: StalledEvent[] = []
  service.mail.on('stalled', (event) => alarms.push(event))
  const send = async () => {
    await service.mail.send({ ...welcome, to: `someone${Math.random()}@example.org` })
    // The look is not waited for by the send.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { ...service, alarms, said, send }
}

describe('mail that nobody drains', () => {
  it('HOST-2: raises the alarm in the accepting process: a log line, an event and health', async () => {
    const { mail, clock, alarms, said, send } = await anAcceptor()
    await send()
    expect((await mail.health()).ok).toBe(true)
    await clock.stepBy(MINUTE)
    await send()
    expect(alarms).toEqual([])
    await clock.stepBy(MINUTE)
    await send()
    expect(alarms.map(({ overdueMs }) => overdueMs)).toEqual([2 * MINUTE])
    expect(said).toContain('mail-waits-for-a-worker')
    expect(await mail.health()).toMatchObject({ ok: false, overdueMs: 2 * MINUTE })
  })

  it('HOST-2: is silent while a worker lives, however long the queue, and after it has drained', async () => {
    const service = await anAcceptor()
    const { mail, clock, alarms, send } = service
    await send()
    for (let minute = 0; minute < 6; minute += 1) {
      await mail.tick()
      await clock.stepBy(MINUTE)
      await send()
    }
    await settle(service)
    await clock.stepBy(60 * MINUTE)
    expect(alarms).toEqual([])
    expect((await mail.health()).ok).toBe(true)
  })

  it('HOST-2: looks at most every 30 seconds, so that accepting stays cheap', async () => {
    const { port: storage, calls } = countingCalls(memoryStorage(), { except: ['close'] })
    const { mail, clock } = await aService({ storage, more: { worker: false } })
    await clock.stepBy(MINUTE)
    for (let n = 0; n < 20; n += 1) await mail.send({ ...welcome, to: `someone${n}@example.org` })
    expect(calls.filter((path) => path === 'read.nextDue')).toHaveLength(1)
  })
})
