import { expect, it } from 'vitest'
import { plainDetails } from './plain-details.js'

it('ERR-3: of a refusal everything is told that can be read, and what is told otherwise only once', () => {
  const details = {
    field: 'name',
    expected: 'a name',
    problems: [{ field: 'name' }],
    tasks: ['t1'],
    missing: ['name', 'code'],
    line: 7,
    until: 0,
    none: [],
    inner: { deep: true },
    gone: null,
  }
  expect(plainDetails(details, () => 'midnight')).toEqual([
    ['missing', 'name, code'],
    ['line', '7'],
    ['until', 'midnight'],
  ])
})
