import { describe, expect, it } from 'vitest'
import { recipientOfField, recipientsIn, repeatedIn } from './recipient-lines.js'

describe('recipients, one a line', () => {
  it('leaves out empty lines and spaces around', () => {
    expect(recipientsIn(' ann@example.org \r\n\n  Bob <bob@example.net>\n')).toEqual([
      'ann@example.org',
      'Bob <bob@example.net>',
    ])
  })

  it('takes a pasted list apart, but no quoted name', () => {
    expect(recipientsIn('a@b.example, c@d.example;e@f.example')).toHaveLength(3)
    expect(recipientsIn('"Doe, Ann" <ann@example.org>')).toEqual(['"Doe, Ann" <ann@example.org>'])
  })

  it('REG-1: sees who is there twice, with or without a name, in any case', () => {
    expect(repeatedIn(['ann@example.org', 'bob@example.org'])).toBeUndefined()
    expect(repeatedIn(['ann@example.org', 'Ann <ANN@example.org>'])).toBe('Ann <ANN@example.org>')
  })

  it('finds the recipient that a refusal is about', () => {
    expect(recipientOfField('to.2')).toBe(2)
    expect(recipientOfField('from')).toBeNull()
    expect(recipientOfField(undefined)).toBeNull()
  })
})
