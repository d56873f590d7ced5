import { describe, expect, it } from 'vitest'
import { pageUrl, parseHash } from './route.js'

describe('the address of a page', () => {
  it('comes back as its segments, whatever stands in them', () => {
    const path = ['messages', 'a/b?c#d %e', '中文']
    expect(parseHash(pageUrl(...path)).path).toEqual(path)
  })

  it('has filters behind a question mark', () => {
    const { path, query } = parseHash('#/senders?domain=mail.shop.example')
    expect(path).toEqual(['senders'])
    expect(query.get('domain')).toBe('mail.shop.example')
  })

  it('that is badly encoded is taken as it stands', () => {
    expect(parseHash('#/a/%zz').path).toEqual(['a', '%zz'])
    expect(parseHash('').path).toEqual([])
  })
})
