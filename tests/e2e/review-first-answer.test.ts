import { describe, expect, it } from 'vitest'
import { aService, welcome } from './a-service.js'

describe('a repeated send', () => {
  it('ACC-4: gets the first answer, also when its template has changed meanwhile', async () => {
    const service = await aService()
    const input = { ...welcome, to: 'ann@office.example', idempotencyKey: 'order 1' }
    const first = await service.mail.send(input)
    await service.mail.templates.update('welcome', { subject: 'Hi {{first}}', html: '<p>Hello {{first}}</p>' })
    expect(await service.mail.send(input)).toEqual(first)
  })
})
