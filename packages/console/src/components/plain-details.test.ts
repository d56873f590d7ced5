import { expect, it } from 'vitest'
import { plainDetails } from './plain-details.js'

it('ERR-3: of a refusal everything is told that can be read, and the fields only once', () => {
  const details = {
    field: 'name',
    expected: 'a name',
    problems: [{ field: 'name' }],
    tasks: ['t1', 't2'],
    line: 7,
    until: 0,
    none: [],
    inner: { deep: true },
    gone: null,
  }
  expect(plainDetails(details, () => 'midnight')).toEqual([
    ['tasks', 't1, t2'],
    ['line', '7'],
    ['until', 'midnight'],
  ])
})
