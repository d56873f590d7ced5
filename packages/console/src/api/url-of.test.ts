import { describe, expect, it } from 'vitest'
import { place, queryOf } from './url-of.js'

const MOUNT = 'https://app.example/deep/mail/'

describe('where an operation is', () => {
  it('is below the mount, with its parameters encoded', () => {
    expect(place('domains.verify', ['a/b'], MOUNT)).toEqual({
      method: 'POST',
      url: 'https://app.example/deep/mail/domains/a%2Fb/verify',
      rest: [],
    })
  })

  it('leaves the input behind the parameters', () => {
    expect(place('groups.recipients', ['readers', { limit: 5 }], MOUNT).rest).toEqual([{ limit: 5 }])
  })
})

describe('a query', () => {
  it('repeats lists, names the fields of objects, and leaves out what is empty', () => {
    const input = { domains: ['a', 'b'], tag: { team: 'shop' }, from: 0, users: false, cursor: undefined, q: '' }
    expect(queryOf(input)).toBe('?domains=a&domains=b&tag%5Bteam%5D=shop&from=0&users=false')
    expect(queryOf({})).toBe('')
  })
})
