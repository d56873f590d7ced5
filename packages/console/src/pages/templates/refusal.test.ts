import { describe, expect, it } from 'vitest'
import { Problem } from '../../api/problem.js'
import { refusalOf, refusedAt } from './refusal.js'

describe('where the API refuses a template', () => {
  it('TPL-2, TPL-3: is read from the details of the problem', () => {
    const details = { field: 'html', line: 2, column: 3, variable: 'x', place: 'script' }
    const refusal = refusalOf(new Problem('TEMPLATE_UNSAFE_SLOT', 'no', 400, details))
    expect(refusal).toEqual({ field: 'html', line: 2, column: 3, why: { type: 'unsafe', place: 'script' } })
    expect(refusedAt(refusal, 'html', 'a\n  {{x}}')).toBe(4)
    expect(refusedAt(refusal, 'subject', 'a\n  {{x}}')).toBeNull()
  })

  it('is nowhere for a problem of another kind', () => {
    expect(refusalOf(new Problem('INPUT_INVALID', 'no', 400, { field: 'name', expected: 'x' }))).toBeNull()
    expect(refusedAt(null, 'html', '')).toBeNull()
  })
})
