import type { TaskPlan } from '@mailwright/core'
import { Alert, List, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { When } from '../../../components/when.js'
import { useTexts } from '../../../language/language.js'
import { useFormat } from '../../../language/use-format.js'
import { useZoneFormat } from '../zone-format.js'
import { ownTimeZone } from './local-time.js'
import { PlanDays } from './plan-days.js'
import { PlanRefused } from './plan-refused.js'
import { planTexts } from './plan-texts.js'
import { PlanWarnings } from './plan-warnings.js'
import type { TaskDraft } from './task-draft.js'
import { TestMail } from './test-mail.js'

interface Props {
  readonly draft: TaskDraft
  readonly plan: TaskPlan
}

/** What would happen (TSK-13). */
export function StepCheck({ draft, plan }: Props) {
  const t = useTexts(planTexts)
  const format = useFormat()
  const refused = plan.recipients - plan.sendable
  return (
    <Stack>
      <Stack className="panel">
        <Title order={2} size="h4">
          {t.title}
        </Title>
        <SimpleGrid component="dl" cols={{ base: 1, xs: 3 }} m={0}>
          <Figure label={t.recipients} value={format.number(plan.recipients)} />
          <Figure label={t.sendable} value={format.number(plan.sendable)} />
          <Figure label={t.refusedCount} value={format.number(refused)} />
        </SimpleGrid>
        {plan.sendable === 0 && <Alert color="red">{t.nobody}</Alert>}
        <PlanRefused refused={plan.refused} />
      </Stack>
      <PlanWarnings warnings={plan.warnings} />
      <Stack className="panel">
        <Starts draft={draft} starts={plan.starts} />
        <PlanDays days={plan.days} />
      </Stack>
      <TestMail draft={draft} />
    </Stack>
  )
}

function Figure({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <Stack gap={0}>
      <Text component="dt" size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="dd" m={0} fw={650} fz="xl">
        {value}
      </Text>
    </Stack>
  )
}

/** In the task's zone, and in the reader's own where that is another. */
function Starts({ draft, starts }: { readonly draft: TaskDraft; readonly starts: TaskPlan['starts'] }) {
  const t = useTexts(planTexts)
  const zoned = useZoneFormat(draft.timeZone)
  const elsewhere = draft.timeZone !== ownTimeZone()
  if (draft.type === 'immediate')
    return (
      <>
        <Title order={2} size="h4">
          {t.starts}
        </Title>
        <Text size="sm">{t.atOnce}</Text>
      </>
    )
  return (
    <>
      <Title order={2} size="h4">
        {draft.type === 'recurring' ? t.firstStarts : t.starts}
      </Title>
      <List size="sm">
        {starts.map((at) => (
          <List.Item key={at}>
            {zoned(at)} ({draft.timeZone})
            {elsewhere && (
              <Text size="xs" c="dimmed">
                {t.forYou} <When at={at} />
              </Text>
            )}
          </List.Item>
        ))}
      </List>
    </>
  )
}
