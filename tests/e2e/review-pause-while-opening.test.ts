import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { Storage } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aService, aTask, settle } from './a-service.js'

describe('a pause while a chunk is being opened', () => {
  it('REL-5: no mail is started after pause has answered', async () => {
    const inner = memoryStorage()
    let pause = async () => {}
    const storage: Storage = {
      ...inner,
      read: {
        ...inner.read,
        recipients: async (question) => {
          await pause()
          return inner.read.recipients(question)
        },
      },
    }
    const service = await aService({ storage })
    const { id } = await aTask(service, 400)
    pause = async () => {
      pause = async () => {}
      await service.mail.tasks.pause(id)
    }
    await settle(service)
    expect(await service.mail.tasks.get(id)).toMatchObject({ state: 'paused', pause: { reason: 'operator' } })
    expect(service.transport.count).toBe(0)
  })
})
