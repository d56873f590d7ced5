import { describe, expect, it } from 'vitest'
import { idsIn, ruleIds, testTitles } from '../../scripts/rule-titles.js'

describe('check:rules', () => {
  it('knows the hundred rules, each once', () => {
    const ids = ruleIds()
    expect(ids).toHaveLength(100)
    expect(new Set(ids).size).toBe(100)
  })

  it('reads the titles of tests however they are written', () => {
    const text = `
      it('one', () => {}); test("two", f); describe(\`three \${x} end\`, f)
      it.each([[1]])('four %s', f); runner.it('five', f); describe.skipIf(no)('six', f)
      needs('postgres')('seven', f); it.skip('left out', f); it.todo('left out')
      expect('left out').toBe(1)`
    expect(testTitles(text)).toEqual(['one', 'two', 'three  end', 'four %s', 'five', 'six', 'seven'])
  })

  it('reads cases that are data only where a suite is data', () => {
    const text = "const one = { title: 'keeps all', rule: 'x' }"
    expect(testTitles(text)).toEqual([])
    expect(testTitles(text, true)).toEqual(['keeps all', 'x'])
  })

  it('finds several ids in one title', () => {
    const [first, second] = ['DOM', 'SND']
    expect(idsIn(`${first}-1, ${second}-12: holds in UTF-8`)).toEqual([`${first}-1`, `${second}-12`])
  })
})
