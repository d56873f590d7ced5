import { expect, it } from 'vitest'
import { parseTags, tagLines } from './tag-lines.js'

it('tags come back from their lines; an = may stand in a value', () => {
  const tags = { team: 'shop', note: 'a=b' }
  expect(parseTags(tagLines(tags))).toEqual(tags)
  expect(parseTags(' team = shop \n\nlone')).toEqual({ team: 'shop', lone: '' })
})
