import type { DomainView } from '@mailwright/core'
import { Select, Stack, Text } from '@mantine/core'
import { FormDialog } from '../../components/form-dialog.js'
import { useTexts } from '../../language/language.js'
import { domainTexts } from './texts.js'

const SCENARIOS = ['transactional', 'notification', 'marketing'] as const satisfies readonly DomainView['scenario'][]

export function DomainScenario({ domain }: { readonly domain: DomainView }) {
  const t = useTexts(domainTexts)
  const initial: { scenario: DomainView['scenario'] } = { scenario: domain.scenario }
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm" c="dimmed">
        {t.scenario}
      </Text>
      <Text fw={600}>{domain.scenario === null ? t.scenarioNone : t[domain.scenario]}</Text>
      <FormDialog
        operation="domains.setScenario"
        initialValues={initial}
        argumentsOf={({ scenario }) => [domain.name, { scenario }]}
        label={t.set}
        title={t.scenario}
        done={t.set}
      >
        {(form) => (
          <Select
            label={t.scenario}
            description={t.scenarioHint}
            data={SCENARIOS.map((value) => ({ value, label: t[value] }))}
            clearable
            {...form.getInputProps('scenario')}
          />
        )}
      </FormDialog>
    </Stack>
  )
}
