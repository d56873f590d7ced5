import { z } from 'zod'
import { SCENARIOS, type Scenario, scenariosMix } from '../domain/dedicated-ip/index.js'
import { MailError } from '../errors/mail-error.js'
import type { Context } from './context.js'

export const scenarioSchema = z.enum(SCENARIOS)

/** Mail of one kind goes out from a domain that is for another (DIP-4). */
export interface ScenarioWarning {
  readonly code: 'SCENARIO_MIXED'
  readonly scenario: Scenario
  readonly domainScenario: Scenario
}

export const scenarioWarnings = (scenario: Scenario, domainScenario: Scenario | null): readonly ScenarioWarning[] =>
  domainScenario !== null && scenariosMix(scenario, domainScenario)
    ? [{ code: 'SCENARIO_MIXED', scenario, domainScenario }]
    : []

/** @throws SCENARIO_MIXED under `policy.strictScenario`. */
export function checkScenario(
  { policy }: Pick<Context, 'policy'>,
  scenario: Scenario,
  domainScenario: Scenario | null,
): readonly ScenarioWarning[] {
  const warnings = scenarioWarnings(scenario, domainScenario)
  if (warnings.length > 0 && policy.strictScenario)
    throw new MailError('SCENARIO_MIXED', { field: 'scenario', given: scenario, nearest: domainScenario })
  return warnings
}
