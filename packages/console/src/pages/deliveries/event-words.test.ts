import { describe, expect, it } from 'vitest'
import { eventWords, inWords, told } from './event-words.js'

describe('codes in words', () => {
  it('leave as it came what they do not know, also where its name is one of every object', () => {
    expect(inWords(eventWords.reasons.en, 'mailbox-full')).toBe('The mailbox is full')
    expect(inWords(eventWords.ways.en, 'ses')).toBe('ses')
    expect(inWords(eventWords.kinds.en, 'constructor')).toBe('constructor')
  })
})

describe('a step of a mail', () => {
  it('DLV-2: has the raw reply word for word, apart from the rest', () => {
    const detail = { attempt: 2, reply: '452 4.2.2  mailbox\tfull', reason: 'mailbox-full' }
    expect(told({ detail })).toEqual({
      reply: '452 4.2.2  mailbox\tfull',
      facts: [
        ['attempt', '2'],
        ['reason', 'mailbox-full'],
      ],
    })
  })

  it('says nothing of what nobody answered', () => {
    expect(told({ detail: { reply: null, reason: null, userAgent: '', verdict: 'human' } })).toEqual({
      reply: null,
      facts: [],
    })
  })
})
