import type { Scenario } from '@mailwright/core'
import { useTexts } from '../../language/language.js'
import { ipTexts } from './texts.js'

const SCENARIOS = ['transactional', 'notification', 'marketing'] as const satisfies readonly Scenario[]

interface ScenarioChoice {
  readonly value: Scenario
  readonly label: string
}

export function useScenarioChoices(): readonly ScenarioChoice[] {
  const t = useTexts(ipTexts)
  return SCENARIOS.map((value) => ({ value, label: t[value] }))
}
