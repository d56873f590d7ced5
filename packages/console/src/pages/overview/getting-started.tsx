import { Anchor, Group, List, Progress, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconCheck, IconCircle } from '@tabler/icons-react'
import { pageUrl } from '../../app/route.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { overviewTexts } from './texts.js'
import { type Step, useSteps } from './use-steps.js'

const reasons = {
  domain: 'domainWhy',
  sender: 'senderWhy',
  template: 'templateWhy',
  group: 'groupWhy',
  mail: 'mailWhy',
} as const

/** Goes when all is done. */
export function GettingStarted() {
  const t = useTexts(overviewTexts)
  const { number } = useFormat()
  const steps = useSteps() ?? []
  const done = steps.filter((step) => step.done).length
  if (done === steps.length) return null
  const progress = t.progress(number(done), number(steps.length))
  return (
    <Stack className="panel" gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t.start}
        </Title>
        <Text size="sm" c="dimmed">
          {progress}
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {t.startIntro}
      </Text>
      <Progress value={(done / steps.length) * 100} aria-label={progress} size="sm" />
      <List type="ordered" listStyleType="none" spacing="sm" center aria-label={t.start}>
        {steps.map((step) => (
          <StepItem key={step.name} step={step} />
        ))}
      </List>
    </Stack>
  )
}

function StepItem({ step: { name, page, done } }: { readonly step: Step }) {
  const t = useTexts(overviewTexts)
  return (
    <List.Item
      icon={
        <ThemeIcon color={done ? 'green.9' : 'gray'} variant={done ? 'filled' : 'light'} size={26} radius="xl">
          {done ? <IconCheck size={16} /> : <IconCircle size={16} />}
        </ThemeIcon>
      }
    >
      <Anchor href={pageUrl(page)} fw={600} size="sm">
        {t[name]}
      </Anchor>
      <Text size="xs" c="dimmed">
        {done ? t.done : t.open} · {t[reasons[name]]}
      </Text>
    </List.Item>
  )
}
