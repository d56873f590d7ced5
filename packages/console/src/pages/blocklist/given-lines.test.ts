import { describe, expect, it } from 'vitest'
import { Problem } from '../../api/problem.js'
import { givenLines, refusedLine, targetsIn } from './given-lines.js'

describe('what is pasted into a list', () => {
  it('is read line by line, without blanks and repetitions', () => {
    expect(givenLines(' ann@example.org \n\nbob@example.org, ann@example.org;eve@example.org\r\n')).toEqual([
      'ann@example.org',
      'bob@example.org',
      'eve@example.org',
    ])
    expect(givenLines(' \n')).toEqual([])
  })

  it('BLK-4: is parted into addresses and whole domains', () => {
    expect(targetsIn('ann@example.org\n@example.net\nexample.com\n"a@b"@example.org')).toEqual({
      addresses: ['ann@example.org', '"a@b"@example.org'],
      domains: ['@example.net', 'example.com'],
    })
  })

  it('is named by the line that was refused', () => {
    const refusal = (field: unknown) => new Problem('ADDRESS_INVALID', 'no', 400, { field })
    const lists = { addresses: ['a@example.org', 'b'], domains: ['c'] }
    expect(refusedLine(refusal('addresses.1'), lists)).toBe('b')
    expect(refusedLine(refusal('domains.0'), lists)).toBe('c')
    expect(refusedLine(refusal('addresses'), lists)).toBeNull()
    expect(refusedLine(refusal('addresses.9'), lists)).toBeNull()
    expect(refusedLine(refusal(undefined), lists)).toBeNull()
  })
})
