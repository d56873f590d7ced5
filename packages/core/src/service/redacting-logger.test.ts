import { describe, expect, it } from 'vitest'
import { MailError } from '../errors/mail-error.js'
import { loudLines } from './outbound/outbound.js'
import { redactingLogger } from './redacting-logger.js'

function logged(fields: Readonly<Record<string, unknown>>): unknown {
  let seen: unknown = null
  redactingLogger({
    log: (_level, _event, given) => {
      seen = given
    },
  }).log('error', 'work-failed', fields)
  return seen
}

describe('the redacting logger', () => {
  it('T23: lets ids and numbers through', () => {
    const fields = { work: '0193-ab', works: ['w:1', 'w:2'], retryMs: 100, loop: 'batch', account: 'acme' }
    expect(logged(fields)).toEqual(fields)
  })

  it('T23: hides fields nobody has named, and values that are no ids', () => {
    expect(
      logged({ recipient: 'ann@example.org', message: 'ann@example.org', works: ['a b'], kind: { a: 1 } }),
    ).toEqual({
      recipient: '…',
      message: '…',
      works: ['…'],
      kind: '…',
    })
  })

  it('T23: redacts what was thrown, and keeps where', () => {
    const error = new TypeError('value canary is not a function')
    expect(logged({ error, stack: error })).toEqual({
      error: 'TypeError: value … is not a function',
      stack: expect.stringContaining('redacting-logger.test.ts'),
    })
    expect(logged({ error: new MailError('INPUT_INVALID', { field: 'CANARY' }) })).toEqual({
      error: 'MailError INPUT_INVALID',
    })
  })

  it('T23: lets the reasons through that core itself gives', () => {
    const reasons = [
      ...[
        'too-large',
        'too-many-parts',
        'broken',
        'hops',
        'auto-reply',
        'unrelated',
        'unknown state',
        'no JSON object',
      ],
      ...['its handling throws: TypeError', 'the work row cannot be read: parts is no list', 'not a verdict'],
      ...['no answer in 5000 ms', 'a time in seconds, in event 3', 'not a policy', 'connection lost', 'status 404'],
    ]
    for (const why of reasons) expect(logged({ why, expected: why })).toEqual({ why, expected: why })
  })

  it('T23: says the same of what it has redacted already', () => {
    const error = new TypeError('value canary is not a function')
    const once = logged({ error, stack: error, why: 'unknown state', work: 'w:1', recipient: 'ann' })
    expect(logged(once as Record<string, unknown>)).toEqual(once)
  })

  it('HOST-3: lets the loud lines through as they are', () => {
    const lines = loudLines({ dev: true, redirectAllTo: 'ann@example.org' })
    expect(lines).toHaveLength(2)
    for (const { fields } of lines) expect(logged(fields)).toEqual(fields)
  })

  it('is silent without a logger', () => {
    expect(() => redactingLogger().log('error', 'work-failed', {})).not.toThrow()
  })
})
