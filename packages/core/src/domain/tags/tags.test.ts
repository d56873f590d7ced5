import { describe, expect, it } from 'vitest'
import { checkTags, matchesTag, mayAccess } from './tags.js'

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, '']))

describe('tags', () => {
  it.each([
    ['50 tags', many(50)],
    ['a key of 128 and a value of 256 characters', { ['ü'.repeat(128)]: '😀'.repeat(256) }],
    ['an empty value', { team: '' }],
  ])('DIP-4: %s are kept', (_, tags) => {
    expect(checkTags(tags)).toEqual(tags)
  })

  it.each([
    ['51 tags', many(51), 50],
    ['a key of 129 characters', { ['k'.repeat(129)]: '' }, 128],
    ['a value of 257 characters', { team: 'v'.repeat(257) }, 256],
    ['an empty key', { ' ': 'x' }, undefined],
    ['a control character', { 'te\u0000am': 'x' }, undefined],
    ['half a character', { team: '\ud83d' }, undefined],
    ['a key that is no key', JSON.parse('{"__proto__":"x"}'), undefined],
  ])('DIP-4: %s are refused', (_, tags, nearest) => {
    const details = { field: 'tags', ...(nearest === undefined ? {} : { nearest }) }
    expect(() => checkTags(tags)).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', details: expect.objectContaining(details) }),
    )
  })

  it('DIP-4: a filter asks for the key, or for the key with exactly that value', () => {
    expect(matchesTag({ team: 'growth' }, { key: 'team' })).toBe(true)
    expect(matchesTag({ team: 'growth' }, { key: 'team', value: 'growth' })).toBe(true)
    expect(matchesTag({ team: 'growth' }, { key: 'team', value: 'Growth' })).toBe(false)
    expect(matchesTag({ team: '' }, { key: 'team', value: '' })).toBe(true)
    expect(matchesTag({}, { key: 'toString' })).toBe(false)
  })

  it('DIP-4: a caller with tags may touch what carries all of them; one without may touch everything', () => {
    const record = { team: 'growth', stage: 'live' }
    expect(mayAccess(undefined, record)).toBe(true)
    expect(mayAccess({}, {})).toBe(true)
    expect(mayAccess({ team: 'growth' }, record)).toBe(true)
    expect(mayAccess({ team: 'growth', stage: 'test' }, record)).toBe(false)
    expect(mayAccess({ team: 'growth' }, {})).toBe(false)
  })
})
