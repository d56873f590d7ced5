import { describe, expect, it } from 'vitest'
import { classifyReply } from '../bounce/index.js'
import { bestReply } from './reported-reply.js'

describe('what a report says in words alone', () => {
  it.each([
    ['This user has moved and left no address', 'no-such-user'],
    ['Sorry, there is no one at this address', 'no-such-user'],
    ['550 ann@readers.example: CUDA_NSU (not our user)', 'no-such-user'],
    ['The domain has no valid MX', 'no-such-domain'],
    ['Host unresolvable', 'no-such-domain'],
    ['The account is over the maximum allowed', 'mailbox-full'],
    ['Administrative prohibition', 'policy'],
    ['Your mail was in the queue too long', 'network'],
  ])('DLV-5: %s', (text, kind) => {
    expect(classifyReply(bestReply('5.0.0', [text])).kind).toBe(kind)
  })

  it('DLV-5, BLK-1: what servers say for several reasons accuses no address', () => {
    for (const text of [
      'Requested action not taken: mailbox unavailable',
      'Recipient address rejected',
      'Recipient refused',
      'Access denied',
    ])
      expect(classifyReply(bestReply('5.0.0', [text])).invalid, text).toBe(false)
  })

  it('DLV-5: a permanent 5.4.z is the way lost, unless its words say that there is no such domain', () => {
    const kindOf = (text: string) => classifyReply(bestReply('5.4.4', [text])).kind
    expect(kindOf('Unable to route')).toBe('network')
    expect(kindOf('Host or domain name not found: no such domain')).toBe('no-such-domain')
  })
})
