import { expect, it } from 'vitest'
import { tagFilterOf } from './tag-filter.js'

it.each([
  ['', undefined],
  [' = shop', undefined],
  ['team', { key: 'team' }],
  [' team = shop ', { key: 'team', value: 'shop' }],
  ['note=a=b', { key: 'note', value: 'a=b' }],
])('%j asks for %j', (written, filter) => {
  expect(tagFilterOf(written)).toEqual(filter)
})
