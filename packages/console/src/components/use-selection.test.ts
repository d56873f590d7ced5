import { expect, it } from 'vitest'
import { toggled } from './use-selection.js'

it('rows are chosen one by one, all at once, and given up when all were chosen', () => {
  const one = toggled(new Set(), ['a'])
  expect(one).toEqual(new Set(['a']))
  const all = toggled(one, ['a', 'b'])
  expect(all).toEqual(new Set(['a', 'b']))
  expect(toggled(all, ['a', 'b'])).toEqual(new Set())
  expect(toggled(all, ['b'])).toEqual(new Set(['a']))
})
