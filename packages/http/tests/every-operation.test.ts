import { describe, expect, it } from 'vitest'
import { aFullService, fill } from './a-full-account.js'
import { jsonOf } from './a-handler.js'
import { asked, operationCalls, operations } from './operation-calls.js'

describe('every operation', () => {
  it('answers exactly what OpenAPI says of it', async () => {
    const service = await aFullService()
    const held = await fill(service, 'default')
    const lists = new Map<string, number>()
    for (const call of operationCalls(held)) {
      const response = await service.ask(call.path, asked(call))
      expect([call.id, response.status, response.ok ? '' : await jsonOf(response)]).toEqual([
        call.id,
        operations.get(call.id)?.status,
        '',
      ])
      if (response.headers.get('content-type') === 'application/json') {
        const { items } = Object(await response.json())
        if (Array.isArray(items)) lists.set(call.id, Math.max(lists.get(call.id) ?? 0, items.length))
      } else await response.body?.cancel()
    }
    expect([...lists].filter(([, most]) => most === 0).map(([id]) => id)).toEqual([])
    expect([...service.answered].sort()).toEqual([...operations.keys()].sort())
    expect(service.errors).toEqual([])
  })
})
