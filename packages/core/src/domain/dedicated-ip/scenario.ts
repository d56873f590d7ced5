/** What kind of mail a domain, an IP, a task or a send is for (DIP-4). Kept apart, so that the complaints of one do not harm the others. */
export const SCENARIOS = ['transactional', 'notification', 'marketing'] as const
export type Scenario = (typeof SCENARIOS)[number]

/** Of a task, and of a trigger or regular send, that says nothing. */
export const BATCH_SCENARIO: Scenario = 'marketing'
export const SINGLE_SCENARIO: Scenario = 'transactional'

/** Whether two of them differ. What has no scenario goes with every one. */
export const scenariosMix = (one: Scenario | null, other: Scenario | null): boolean =>
  one !== null && other !== null && one !== other

/** The one scenario of all that have any; `mixed` if there are several. */
export function commonScenario(scenarios: readonly (Scenario | null)[]): Scenario | null | 'mixed' {
  const named = new Set(scenarios.filter((one) => one !== null))
  const [first = null] = named
  return named.size > 1 ? 'mixed' : first
}
