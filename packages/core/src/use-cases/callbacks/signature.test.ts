import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isMailError } from '../../errors/mail-error.js'
import { checkSecret, newSecret, webhookHeaders } from './signature.js'
import { webhookId } from './webhook-id.js'

const NOON = Date.UTC(2026, 10, 23, 12)

const secretOf = (bytes: Uint8Array): string => newSecret((length) => bytes.slice(0, length))
const secret = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(secretOf)
const body = fc.json().map((json) => JSON.stringify({ event: 'open', json }))

const verifies = (key: string, text: string, headers: Readonly<Record<string, string>>): boolean => {
  try {
    new Webhook(key).verify(text, headers)
    return true
  } catch {
    return false
  }
}

describe('a signed callback', () => {
  // The published library compares the timestamp with the system's clock.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOON }))
  afterEach(() => void vi.useRealTimers())

  it('CBK-3: is verified by the published library of Standard Webhooks, with each secret that signs and with no other', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(secret, { minLength: 2, maxLength: 4 }),
        body,
        fc.string(),
        ([other = '', ...secrets], text, key) => {
          const headers = webhookHeaders({ id: webhookId('endpoint', key), at: NOON, body: text }, secrets)
          for (const one of secrets) expect(verifies(one, text, headers)).toBe(true)
          expect(verifies(other, text, headers)).toBe(false)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('CBK-3: is not verified when body, id or time is another', () => {
    const key = secretOf(new Uint8Array(32).fill(7))
    const text = '{"event":"open"}'
    const headers = webhookHeaders({ id: 'msg_1', at: NOON, body: text }, [key])
    expect(verifies(key, text, headers)).toBe(true)
    expect(verifies(key, `${text} `, headers)).toBe(false)
    expect(verifies(key, text, { ...headers, 'webhook-id': 'msg_2' })).toBe(false)
    expect(verifies(key, text, { ...headers, 'webhook-timestamp': String(NOON / 1_000 + 1) })).toBe(false)
    expect(verifies(key, text, webhookHeaders({ id: 'msg_1', at: NOON - 301_000, body: text }, [key]))).toBe(false)
  })

  it('CBK-3: agrees with the vector of the specification', () => {
    const headers = webhookHeaders(
      { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1_614_265_330_000, body: '{"test": 2432232314}' },
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    )
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })
})

describe('a secret of one’s own', () => {
  it.each([24, 32, 64])('CBK-3: may have %i bytes', (length) => {
    const given = `whsec_${Buffer.alloc(length, 1).toString('base64')}`
    expect(checkSecret(given)).toBe(given)
  })

  it.each([
    'whsec_',
    'secret',
    `whsec_${Buffer.alloc(23).toString('base64')}`,
    `whsec_${Buffer.alloc(65).toString('base64')}`,
    Buffer.alloc(32).toString('base64'),
    `whsec_${Buffer.alloc(32).toString('base64')} `,
    `whsec_${'*'.repeat(43)}=`,
  ])('CBK-3: is refused as %s', (given) => {
    expect(() => checkSecret(given)).toThrowError(expect.toSatisfy((error) => isMailError(error, 'INPUT_INVALID')))
  })

  it('CBK-4: an id follows from endpoint and event alone', () => {
    expect(webhookId('a', 'b')).toBe(webhookId('a', 'b'))
    expect(new Set([webhookId('a', 'b'), webhookId('b', 'a'), webhookId('a', 'c'), webhookId('ab', '')]).size).toBe(4)
    expect(webhookId('a', 'b')).toMatch(/^msg_[\w-]{27}$/)
  })
})
