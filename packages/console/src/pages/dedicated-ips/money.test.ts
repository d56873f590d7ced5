import { expect, it } from 'vitest'
import { moneyIn } from './money.js'

it.each([
  [3_000, 'EUR', '€30.00'],
  [3_001, 'EUR', '€30.01'],
  [3_000, 'JPY', '¥3,000'],
  [-3_000, 'EUR', '-€30.00'],
  [3_000, null, '3,000'],
  [3_000, 'no currency', '3,000 no currency'],
])('%i minor units of %s are %s', (amount, currency, shown) => {
  expect(moneyIn('en', amount, currency)).toBe(shown)
})
