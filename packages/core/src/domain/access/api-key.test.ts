import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { API_KEY_BYTES, apiKeyText, idOfApiKey } from './api-key.js'

const ID = 'abcdefgh234567ij'
const SECRET = 'abcdefghijklmnopqrstuvwxyz234567'

describe('an API key', () => {
  it('ACC-3, T24: has a secret half that nobody guesses', () => {
    expect(API_KEY_BYTES.secret * 8).toBeGreaterThanOrEqual(128)
    expect(idOfApiKey(apiKeyText(ID, SECRET))).toBe(ID)
  })

  it.each([
    undefined,
    null,
    42,
    {},
    [apiKeyText(ID, SECRET)],
    '',
    'x'.repeat(1_000_000),
    apiKeyText(ID, SECRET).toUpperCase(),
    ` ${apiKeyText(ID, SECRET)}`,
    `${apiKeyText(ID, SECRET)}\n`,
    apiKeyText(ID, SECRET).replace(/.$/, '\n'),
    apiKeyText(ID, SECRET.slice(1)),
    apiKeyText(SECRET, ID),
    apiKeyText(ID.replace('a', '1'), SECRET),
  ])('ACC-3, T24: is nothing else (%#)', (given) => {
    expect(idOfApiKey(given)).toBeNull()
  })

  it('ACC-3, T24: is no key of ours unless it is written exactly so', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ minLength: 52, maxLength: 52 }), fc.anything()), (given) => {
        expect(idOfApiKey(given)).toBeNull()
      }),
    )
  })
})
