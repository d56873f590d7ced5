import type { TaskPlan } from '@mailwright/core'
import { Alert, List } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTexts } from '../../../language/language.js'
import { useFormat } from '../../../language/use-format.js'
import { planTexts } from './plan-texts.js'

/** What should be known before it goes out: advice, none of it stops the task. */
export function PlanWarnings({ warnings }: Pick<TaskPlan, 'warnings'>) {
  const t = useTexts(planTexts)
  const words = useWarningWords()
  if (warnings.length === 0) return null
  return (
    <Alert color="yellow" icon={<IconAlertTriangle />} title={t.warnings}>
      <List size="sm" spacing={4}>
        {warnings.map(words).map((text) => (
          <List.Item key={text}>{text}</List.Item>
        ))}
      </List>
    </Alert>
  )
}

function useWarningWords() {
  const t = useTexts(planTexts)
  const format = useFormat()
  return (warning: TaskPlan['warnings'][number]): string => {
    switch (warning.type) {
      case 'invalid-rate':
        return t.invalidRate(format.percent(warning.of === 0 ? 0 : warning.invalid / warning.of))
      case 'bulk-sender-rule':
        return t[warning.rule]
      case 'bulk-sender-unknown':
        return t.unknownRules(warning.rules.join(', '))
      case 'scenario-mixed':
        return t.mixed(t[warning.scenario], t[warning.domainScenario])
      default:
        return warning satisfies never
    }
  }
}
