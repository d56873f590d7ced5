import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useCall } from '../../api/use-call.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { SenderField } from './set-endpoint.js'
import { callbackTexts } from './texts.js'

/** Tries which endpoint comes first. */
export function ResolvePanel() {
  const t = useTexts(callbackTexts)
  const [typed, type] = useState('')
  const [sender, ask] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask(typed.trim())
  }
  return (
    <Stack className="panel" gap="sm">
      <Title order={2} size="h4">
        {t.resolve}
      </Title>
      <Text size="sm" c="dimmed">
        {t.resolveText}
      </Text>
      <form onSubmit={submit}>
        <Group align="flex-end">
          <SenderField value={typed} onChange={type} required />
          <Button type="submit" variant="default">
            {t.resolveAsk}
          </Button>
        </Group>
      </form>
      {sender !== '' && <Told key={sender} sender={sender} />}
    </Stack>
  )
}

function Told({ sender }: { readonly sender: string }) {
  const t = useTexts(callbackTexts)
  const { data, error, refetch } = useCall('callbacks.resolve', [{ sender }])
  if (error !== null) return <ProblemAlert error={error} retry={() => void refetch()} />
  if (data === undefined) return null
  if (data === null)
    return (
      <Text role="status" className="break">
        {t.resolveNobody(sender)}
      </Text>
    )
  return (
    <Stack gap={2} role="status" className="break">
      <Text>{data.level === 'sender' ? t.resolveOwn(sender) : t.resolveAccount(sender)}</Text>
      <Text className="value">{data.url}</Text>
      {data.state === 'gone' && <Text>{t.resolveGone}</Text>}
    </Stack>
  )
}
