import { MailError } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { accepted, aService, aTask, rows, settle, statesOf } from './a-service.js'

describe('a failed row that was requeued', () => {
  it('REL-1, TSK-10: ends in a named final state when it fails again', async () => {
    const service = await aService({
      answer: () => {
        throw new MailError('MESSAGE_TOO_LARGE', {})
      },
    })
    const { id } = await aTask(service, 1)
    await settle(service)
    expect(Object.values(await statesOf(service))).toEqual(['failed'])
    await service.mail.tasks.retryFailed(id)
    await settle(service)
    expect(['dropped', 'failed']).toContain(Object.values(await statesOf(service))[0])
  })

  it('TSK-10: is counted only if it is requeued: once its group has been replaced there is nothing to send to it', async () => {
    let broken = true
    const service = await aService({
      answer: () => {
        if (broken) throw new MailError('MESSAGE_TOO_LARGE', {})
        return accepted
      },
    })
    const { id } = await aTask(service, 3)
    await settle(service)
    await service.mail.groups.importCsv('readers', rows(2), { mode: 'replace' })
    broken = false
    const { requeued } = await service.mail.tasks.retryFailed(id)
    await settle(service)
    expect(requeued).toBe(service.transport.count)
    expect(requeued).toBe(0)
  })

  it('TSK-10: is counted once, by whichever of two calls at the same time requeued it', async () => {
    const service = await aService({
      answer: () => {
        throw new MailError('MESSAGE_TOO_LARGE', {})
      },
    })
    const { id } = await aTask(service, 3)
    await settle(service)
    const calls = await Promise.all([1, 2].map(() => service.mail.tasks.retryFailed(id)))
    expect(calls.reduce((sum, { requeued }) => sum + requeued, 0)).toBe(3)
  })
})
