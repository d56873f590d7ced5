import { MailError } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aService, aTask, settle, statesOf } from './a-service.js'

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
})
