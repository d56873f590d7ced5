import { type Code, codes } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { statusOf } from './status.js'

const all = Object.keys(codes) as Code[]

describe('HTTP status', () => {
  it('ERR-1: every code of the table has one, and it is a refusal', () => {
    for (const code of all) expect(statusOf(code), code).toSatisfy((status: number) => status >= 400 && status < 600)
  })

  it('ERR-1: what the caller can mend is 4xx, what the operator has to mend is 5xx', () => {
    for (const code of all) {
      const operator = codes[code].kind === 'usage' || codes[code].kind === 'adapter'
      expect(statusOf(code) >= 500, code).toBe(operator)
    }
  })

  it.each([
    ['NOT_FOUND', 404],
    ['UNAUTHENTICATED', 401],
    ['FORBIDDEN', 403],
    ['INPUT_INVALID', 400],
    ['IDEMPOTENCY_CONFLICT', 409],
    ['DAILY_LIMIT', 429],
    ['CUSTOM_BLOCKED', 422],
    ['STORAGE_UNAVAILABLE', 503],
  ] as const)('ERR-1: %s is %i', (code, status) => {
    expect(statusOf(code)).toBe(status)
  })
})
