import { describe, expect, it } from 'vitest'
import { sentMessageId } from './message-id.js'

describe('the ids of the mails of a send', () => {
  it('REG-2: follow from the request, are all different from it and from each other, and stay UUIDs', () => {
    for (const last of ['0000', '12ab', 'fffe', 'ffff']) {
      const request = `0190a000-0000-7abc-8def-00000000${last}`
      const ids = Array.from({ length: 1_500 }, (_, index) => sentMessageId(request, index))
      expect(new Set([request, ...ids]).size).toBe(1_501)
      for (const id of ids) expect(id).toMatch(/^0190a000-0000-7abc-8def-00000000[0-9a-f]{4}$/)
    }
  })
})
