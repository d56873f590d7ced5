import { describe, expect, it } from 'vitest'
import {
  checkGroupSize,
  checkGroupText,
  GROUP_LIMITS,
  groupState,
  requireImportable,
  requireSendable,
} from './index.js'

describe('groups', () => {
  it('GRP-6: are empty, importing or ready', () => {
    expect(groupState({ rows: 0, importing: false })).toBe('empty')
    expect(groupState({ rows: 1, importing: false })).toBe('ready')
    expect(groupState({ rows: 1, importing: true })).toBe('importing')
  })

  it('GRP-6: only a ready one sends, and one import goes on at a time', () => {
    expect(() => requireSendable('ready')).not.toThrow()
    for (const state of ['empty', 'importing'] as const) {
      expect(() => requireSendable(state)).toThrow(
        expect.objectContaining({ code: 'GROUP_NOT_READY', details: { state } }),
      )
    }
    for (const state of ['empty', 'ready'] as const) expect(() => requireImportable(state)).not.toThrow()
    expect(() => requireImportable('importing')).toThrow(expect.objectContaining({ code: 'STATE_INVALID' }))
  })

  it('GRP-2: hold 50,000 recipients, 10,000 a file', () => {
    expect(GROUP_LIMITS.rowsPerFile).toBe(10_000)
    expect(() => checkGroupSize(40_000, 10_000)).not.toThrow()
    expect(() => checkGroupSize(40_001, 10_000)).toThrow(
      expect.objectContaining({
        code: 'CSV_TOO_MANY_ROWS',
        details: { scope: 'group', limit: 50_000, present: 40_001, nearest: 9_999 },
      }),
    )
  })

  it('GRP-1: have a name, and a description of at most 300 characters', () => {
    expect(() => checkGroupText({ name: 'Customers', description: '漢'.repeat(300) })).not.toThrow()
    const field = (name: string, description = '') => {
      try {
        checkGroupText({ name, description })
        return null
      } catch (error) {
        return (error as { details: { field: string } }).details.field
      }
    }
    expect(field('x', 'y'.repeat(301))).toBe('description')
    expect(field(' ')).toBe('name')
    expect(field('x'.repeat(101))).toBe('name')
  })
})
