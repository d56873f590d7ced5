import { describe, expect, it } from 'vitest'
import { type CallbackEvent, EVENT_IDS, type EventDetail, keptDetail } from './event-kinds.js'
import { callbackBody, type EventFacts, numericId } from './payload.js'

const aFact = (event: CallbackEvent, more: Partial<EventFacts> = {}): EventFacts => ({
  event,
  at: Date.UTC(2026, 10, 23, 9, 0, 5, 999),
  detail: {},
  account: '251200670',
  message: '019aaf43-8d80-7000-8000-000000000001',
  email: 'ann@office.example',
  from: 'hello@mail.shop.example',
  fromDomain: 'mail.shop.example',
  origin: '019aaf43-8d80-7000-8000-000000000002',
  template: '019aaf43-8d80-7000-8000-00000001e240',
  task: '',
  subject: 'Welcome, Änne',
  messageId: '019aaf43-8d80-7000-8000-000000000002@mail.shop.example',
  sentAt: Date.UTC(2026, 10, 23, 9),
  custom: null,
  ...more,
})

const details: Readonly<Record<CallbackEvent, EventDetail>> = {
  delivered: {},
  dropped: { reason: 'CUSTOM_BLOCKED' },
  bounce: { reason: '550 5.1.1 no such user', bounceType: 'hard_bounce' },
  open: { useragent: 'Thunderbird' },
  click: { link: 'https://shop.example/a?b=c', useragent: 'Firefox' },
  spamreport: {},
  unsubscribe: {},
  deferred: { reason: '451 4.7.1 try again later' },
}

describe('the body of a callback', () => {
  it.each(Object.keys(EVENT_IDS) as CallbackEvent[])('CBK-3: of %s', (event) => {
    expect(callbackBody(aFact(event, { detail: details[event] }), 'none')).toMatchSnapshot()
  })

  it.each(Object.keys(EVENT_IDS) as CallbackEvent[])(
    'CBK-3: of %s, with the names and numeric ids of the original',
    (event) => {
      const facts = aFact(event, { detail: details[event], task: 'a-123', custom: 'order 7' })
      expect(callbackBody(facts, 'tencent')).toMatchSnapshot()
    },
  )

  it('CBK-3, TRK-3: says of an open or click that a machine made it, and by what that was known', () => {
    const detail = keptDetail({ verdict: 'machine', why: 'privacy-proxy', userAgent: 'Mozilla/5.0' })
    expect(callbackBody(aFact('open', { detail }), 'none')).toMatchObject({ event: 'open', machine: 'privacy-proxy' })
    const human = keptDetail({ verdict: 'human', userAgent: 'Thunderbird' })
    expect(callbackBody(aFact('open', { detail: human }), 'none')).not.toHaveProperty('machine')
  })

  it('CBK-3: numbers the events as the original does', () => {
    expect(Object.values(EVENT_IDS)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('CBK-3: gives back the caller’s own header, under the name of the compat mode', () => {
    expect(callbackBody(aFact('open', { custom: 'order 7' }), 'none')).toMatchObject({
      'X-Mailwright-Cb-Custom': 'order 7',
    })
    expect(callbackBody(aFact('open', { custom: 'order 7' }), 'tencent')).toMatchObject({
      'X-Tencentcloudses-Cb-Custom': 'order 7',
    })
  })

  it('CBK-3: ids are strings, and numbers only in compat mode, always the same ones', () => {
    const facts = aFact('delivered', { task: '019aaf43-8d80-7000-8000-00000001e241' })
    expect(callbackBody(facts, 'none')).toMatchObject({ templateId: facts.template, taskId: facts.task })
    expect(callbackBody(facts, 'tencent')).toMatchObject({ templateId: 123_456, taskId: 123_457 })
    expect(numericId('ffffffff-ffff-ffff-ffff-ffffffffffff')).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER)
    expect(numericId('not a uuid: 12')).toBe(0xad12)
    expect(numericId('')).toBe(0)
  })

  it('CBK-3: leaves out what is not known any more', () => {
    const body = callbackBody(aFact('open', { subject: null, from: null, template: '', custom: null }), 'none')
    expect(Object.keys(body)).toEqual([
      'event',
      'eventid',
      'email',
      'bulkId',
      'timestamp',
      'username',
      'fromDomain',
      'messageId',
      'sentTimestamp',
      'message',
    ])
  })

  it('CBK-3: keeps of an event’s detail only what it tells, and a body below 20 kB', () => {
    const long = 'ü'.repeat(5_000)
    const kept = keptDetail({ reason: long, link: long, userAgent: long, attempt: 3, ip: '192.0.2.1', bounceType: '' })
    expect(Object.keys(kept)).toEqual(['reason', 'link', 'useragent'])
    const body = callbackBody(
      aFact('click', { detail: kept, subject: long.slice(0, 998), custom: long.slice(0, 998) }),
      'none',
    )
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(20_000)
  })
})
