import { describe, expect, it } from 'vitest'
import { MailError } from '../errors/mail-error.js'
import { placesOf, redactedError, redactedText } from './redacted-text.js'

describe('a text as it may be logged', () => {
  it.each([
    ['Error: connect ECONNREFUSED 127.0.0.1:5432', 'Error: connect ECONNREFUSED 127.0.0.1:5432'],
    ['Error: connect ECONNREFUSED ::1:6379', 'Error: connect ECONNREFUSED ::1:6379'],
    ['Error: getaddrinfo ENOTFOUND db.internal', 'Error: getaddrinfo ENOTFOUND …'],
    ['Connection terminated due to connection timeout', 'Connection terminated due to connection timeout'],
    ["Stream isn't writeable and …", "Stream isn't … and …"],
    [
      "TypeError: Cannot read properties of undefined (reading 'name')",
      'TypeError: Cannot read properties of undefined (reading … )',
    ],
    ['RangeError [ERR_OUT_OF_RANGE]: value out of', 'RangeError [ERR_OUT_OF_RANGE]: value out of'],
    ['no answer in 5000 ms', 'no answer in 5000 ms'],
    ['450 4.7.1 greylisted, try again later', '450 4.7.1 greylisted, try again later'],
    [
      'error: duplicate key value violates unique constraint "message_pkey"',
      'error: duplicate key value violates unique constraint …',
    ],
    ['the work row cannot be read: ref is no string', 'the work row cannot be read: … is no string'],
    ['relay east: 535 5.7.8', 'relay … 535 5.7.8'],
  ])('T23: keeps what says where to look: %s', (text, shown) => {
    expect(redactedText(text)).toBe(shown)
  })

  it.each([
    'duplicate key value DETAIL: Key (email)=(CANARY@x.test) already exists.',
    'duplicate key value DETAIL: Key (email)=(canary) already exists.',
    'invalid input syntax for type json: "{CANARY"',
    'invalid input syntax for type json: "connection is CANARY',
    'connect failed: postgres://user:CANARY@db.test:5432/mail',
    '550 5.1.1 <CANARY@x.test> no such user',
    '550 5.1.1 no such user canary',
    '535 login failed for user shop with password canary',
    'your code is 482913 and your telephone 004915112345678',
    "unexpected token 'CANARY",
    'bad key: mw_1CANARYab3dEf9hiJklmn',
    'sent (with (CANARY) nested) brackets',
    'cannot read canary, éconnection, con\u200bnection',
    'Y2FuYXJ5Y2FuYXJ5 63616e617279 %63%61%6e%61 =63=61=6E=61',
  ])('T23: hides what others have put in: %s', (text) => {
    const shown = redactedText(text)
    expect(shown).not.toMatch(/canary|482913|4915|éconn|con\u200b|Y2Fu|6361|%63|=63/i)
    expect(shown.length).toBeGreaterThan(0)
  })

  it('T23: is the same when it is redacted again, and short', () => {
    const long = `TypeError: ${'the canary of the connection '.repeat(1_000)}`
    const once = redactedText(long)
    expect(once.length).toBeLessThanOrEqual(300)
    expect(redactedText(once)).toBe(once)
    for (const text of ["it isn't 'quoted' well", 'MailError INPUT_INVALID', 'object', '<a> (b) "c" d']) {
      expect(redactedText(redactedText(text))).toBe(redactedText(text))
    }
  })

  it('T23: tells the code of an error of ours, and of what has no text its type', () => {
    expect(redactedError(new MailError('INPUT_INVALID', { field: 'CANARY' }))).toBe('MailError INPUT_INVALID')
    expect(redactedError(Object.create(null))).toBe('object')
    expect(redactedError(Symbol('canary'))).not.toContain('canary')
    expect(redactedError({ canary: 'canary' })).not.toContain('canary')
  })

  it('T19: takes no longer for hostile texts than for others', () => {
    const began = performance.now()
    for (const piece of ['"', "'", '(', '.', '`"', ' ', 'a', '1', ':', '…'])
      for (const text of [piece.repeat(100_000), `x${piece}`.repeat(50_000)]) redactedText(text)
    expect(performance.now() - began).toBeLessThan(3_000)
  })
})

describe('where it happened', () => {
  it('T23: is told without the message, whatever lines it holds', () => {
    const error = new Error('CANARY\n    at CANARY (canary.ts:1:2)\nCANARY\n    at CANARY (canary.ts:1:2)')
    expect(placesOf(error)).not.toMatch(/canary/i)
    expect(placesOf(error)).toContain('redacted-text.test.ts')
    expect(placesOf(placesOf(error))).toBe(placesOf(error))
    error.message = 'changed'
    expect(placesOf(error)?.split('\n    at ').length).toBeGreaterThan(1)
    expect(placesOf('canary')).toBe('')
    expect(placesOf(undefined)).toBeNull()
  })
})
