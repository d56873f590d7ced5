import type { TransportRequest } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { captureTransport } from './index.js'

const never = new AbortController().signal
const aMail = (id: string, to: readonly string[] = ['ann@example.org']): TransportRequest => ({
  id,
  envelope: { from: 'bounce@mail.example', to },
  route: null,
  content: Buffer.from(`Subject: Hello ${id}\r\n\r\nBody\r\n`),
})

describe('captureTransport', () => {
  it('keeps what was sent, without copying its bytes', async () => {
    const capture = captureTransport()
    const mail = aMail('m1')
    await capture.send(mail, never)
    expect(capture.messages[0]?.content).toBe(mail.content)
    expect(capture.count).toBe(1)
    capture.clear()
    expect([capture.count, capture.messages]).toEqual([0, []])
  })

  it('answers each recipient as it is told, and keeps no mail that nobody took', async () => {
    const reply = { code: 550, enhanced: '5.1.1', text: 'no such user' }
    const capture = captureTransport({
      answer: (_, recipient) =>
        recipient.startsWith('no@') ? { type: 'refused', reply } : { type: 'accepted', remoteId: 'r', reply: null },
    })
    const both = await capture.send(aMail('m1', ['no@example.org', 'ann@example.org']), never)
    expect(both.recipients).toEqual([
      { type: 'refused', reply },
      { type: 'accepted', remoteId: 'r', reply: null },
    ])
    await capture.send(aMail('m2', ['no@example.org']), never)
    expect(capture.messages.map(({ id }) => id)).toEqual(['m1'])
  })

  it('only counts with keep: false', async () => {
    const capture = captureTransport({ keep: false })
    await capture.send(aMail('m1'), never)
    expect([capture.count, capture.messages.length]).toEqual([1, 0])
  })

  it('assertSent finds mail by id, sender, recipient and content, and says how many it found', async () => {
    const capture = captureTransport()
    await capture.send(aMail('m1'), never)
    await capture.send(aMail('m2', ['bob@example.org']), never)
    expect(capture.assertSent({ to: 'bob@example.org' }, 1)[0]?.id).toBe('m2')
    expect(capture.assertSent({ contains: /^Subject: Hello m\d/ })).toHaveLength(2)
    expect(capture.assertSent({ contains: 'nowhere' }, 0)).toEqual([])
    expect(() => capture.assertSent({ from: 'x@y.test' })).toThrow('matching from, found 0 of 2')
  })
})
