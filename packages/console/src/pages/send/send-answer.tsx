import type { SendAnswer as Answer } from '@mailwright/core'
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { CopyValue } from '../../components/copy-value.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { answerTexts } from './answer-texts.js'
import { RecipientTable } from './recipient-table.js'
import { sendTexts } from './texts.js'

interface Props {
  readonly answer: Answer
  readonly onAgain: () => void
}

export function SendAnswer({ answer: { requestId, messages, warnings }, onAgain }: Props) {
  const t = useTexts(answerTexts)
  const { transactional, notification, marketing } = useTexts(sendTexts)
  const scenarios = { transactional, notification, marketing }
  const format = useFormat()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const refused = messages.filter(({ state }) => state === 'refused').length
  const accepted = format.number(messages.length - refused)
  return (
    <Stack className="panel">
      <Title order={2} size="h4" ref={heading} tabIndex={-1}>
        {t.title}
      </Title>
      <Text fw={600} role="status">
        {refused === 0 ? t.all(accepted) : t.some(accepted, format.number(refused))}
      </Text>
      {refused > 0 && <Text size="sm">{t.leftTo}</Text>}
      {warnings.map(({ code, scenario, domainScenario }) => (
        <Alert key={code} color="yellow">
          {t.mixed(scenarios[scenario], scenarios[domainScenario])}
        </Alert>
      ))}
      <RecipientTable messages={messages} />
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {t.requestId}
        </Text>
        <CopyValue value={requestId} label={t.requestId} />
      </Group>
      <Group>
        <Button onClick={onAgain}>{t.again}</Button>
      </Group>
    </Stack>
  )
}
