import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyReply } from './classify-reply.js'
import { MAX_REPLY_TEXT, parseReply } from './parse-reply.js'

describe('parseReply', () => {
  it('reads code, enhanced status and text of one line', () => {
    expect(parseReply('550 5.1.1 User unknown')).toEqual({ code: 550, enhanced: '5.1.1', text: '5.1.1 User unknown' })
    expect(parseReply('250 OK')).toEqual({ code: 250, enhanced: null, text: 'OK' })
    expect(parseReply('354')).toEqual({ code: 354, enhanced: null, text: '' })
  })

  it('joins the lines of a reply and keeps what each one says', () => {
    expect(parseReply('550-5.1.1 The email account\r\n550-5.1.1 does not exist\r\n550 5.1.1 Learn more')).toEqual({
      code: 550,
      enhanced: '5.1.1',
      text: '5.1.1 The email account\n5.1.1 does not exist\n5.1.1 Learn more',
    })
  })

  it('takes another code on a later line for text', () => {
    expect(parseReply('550-first\n250 OK')).toEqual({ code: 550, enhanced: null, text: 'first\n250 OK' })
  })

  it('tells the code from the enhanced status when there is none, and 0 when there is neither', () => {
    expect(parseReply('5.1.1 User unknown').code).toBe(550)
    expect(parseReply('4.4.1 no answer').code).toBe(450)
    expect(parseReply('no code here')).toEqual({ code: 0, enhanced: null, text: 'no code here' })
    expect(parseReply('')).toEqual({ code: 0, enhanced: null, text: '' })
  })

  it('does not take version numbers and addresses for a status', () => {
    expect(parseReply('550 5.1.1.2 odd').enhanced).toBeNull()
    expect(parseReply('550 host 5.1.1').enhanced).toBeNull()
    expect(parseReply('5501 text').code).toBe(0)
  })

  it('cuts the text at 2,000 characters, between characters, and drops what cannot be stored', () => {
    const cut = parseReply(`550 ${'x'.repeat(MAX_REPLY_TEXT - 1)}😀tail`).text
    expect(cut).toBe('x'.repeat(MAX_REPLY_TEXT - 1))
    expect(parseReply('550 a\u0000b\u001b[1m\ud800c').text).toBe('a b [1m c')
  })

  it('T19: stays linear on 10,000 attack strings', () => {
    const shapes = [
      '5.1.1 ',
      '550-',
      '5.',
      '@',
      ' ',
      '\r\n',
      '\r',
      '<',
      '4.7.1\n',
      '5.1.1.',
      '\ud800',
      '0',
      'spf ',
      '-',
      "'",
    ]
    let read = 0
    for (let n = 0; n < 10_000; n++) {
      const shape = shapes[n % shapes.length] ?? ''
      const attack = `${n % 2 === 0 ? '550 ' : ''}${shape.repeat(20 + (n % 150))}${shapes[(n * 7) % shapes.length]}`
      const reply = parseReply(attack)
      read += classifyReply(reply).rule === '' ? 0 : 1
      if (reply.text.length > MAX_REPLY_TEXT) throw new Error('text too long')
    }
    expect(read).toBe(10_000)
    expect(parseReply(`${'\n'.repeat(20_000)}550 5.1.1 far away`).code).toBe(0)
    // A million characters of each shape: nothing beyond the read limit is looked at.
    for (const shape of shapes)
      expect(parseReply(shape.repeat(1_000_000 / shape.length)).text.length).toBeLessThanOrEqual(2_000)
  })

  it('never throws, whatever a server sends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (line) => {
        const reply = parseReply(line)
        expect(reply.text.length).toBeLessThanOrEqual(MAX_REPLY_TEXT)
        expect(classifyReply(reply).rule).not.toBe('')
      }),
    )
  })
})
