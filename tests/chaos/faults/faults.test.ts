import { expect, it } from 'vitest'
import { needs, urlOf } from '../../servers/needs.js'
import { faultScenarios } from './scenarios.js'

/** `ci`, or `acceptance` for the larger numbers. */
const SIZE = process.env.MAILWRIGHT_FAULTS === 'acceptance' ? 'acceptance' : 'ci'

needs('postgres')('faults of peers, input and disks', () => {
  for (const scenario of faultScenarios) {
    const size = scenario[SIZE]
    it(`${scenario.id}: ${scenario.about} (${size}): every promise is kept`, { timeout: 3_600_000 }, async () => {
      const { problems, faults, promises } = await scenario.run({ postgresUrl: urlOf('postgres') }, size)
      expect(problems).toEqual([])
      expect(faults).toBeGreaterThan(0)
      expect(promises).toBeGreaterThan(0)
    })
  }
})
