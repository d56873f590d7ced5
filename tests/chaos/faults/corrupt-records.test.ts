import { expect, it } from 'vitest'
import { aPGlite } from './corrupt-databases.js'
import { corruptions } from './corrupt-kinds.js'
import { damageProblems } from './scenarios.js'

const kinds = corruptions.filter((_, index) => index % 5 === 0)

it(`F18: on PGlite too, ${kinds.length} kinds of damaged rows are named and set aside while all other mail goes`, {
  timeout: 300_000,
}, async () => {
  expect(await damageProblems(await aPGlite(), 1, kinds)).toEqual({ seen: kinds.length, problems: [] })
})
