import { Alert, Anchor, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { useMay } from '../../../api/caller.js'
import { pageUrl } from '../../../app/route.js'
import { useOperationForm } from '../../../components/form-dialog.js'
import { ProblemAlert } from '../../../components/problem-alert.js'
import { useTexts } from '../../../language/language.js'
import { planTexts } from './plan-texts.js'
import { mailOf, type TaskDraft } from './task-draft.js'

/** One mail of it to an address of one's own, with the values of the group's first recipient (TSK-13). */
export function TestMail({ draft }: { readonly draft: TaskDraft }) {
  const t = useTexts(planTexts)
  const [sentTo, setSentTo] = useState<string | null>(null)
  const { form, submit, error, pending } = useOperationForm('tasks.testSend', { to: '' }, ({ to }) => [
    { ...mailOf(draft), to: to.trim() },
  ])
  if (!useMay('tasks.testSend')) return null
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        setSentTo(null)
        void submit(() => setSentTo(form.values.to.trim()))
      }}
    >
      <Stack className="panel">
        <Title order={2} size="h4">
          {t.test}
        </Title>
        <Text size="sm" c="dimmed">
          {t.testHint}
        </Text>
        {error !== null && <ProblemAlert error={error} />}
        <Group align="flex-end">
          <TextInput
            type="email"
            label={t.testTo}
            required
            flex="1 1 16rem"
            maw="28rem"
            {...form.getInputProps('to')}
          />
          <Button type="submit" variant="default" loading={pending}>
            {t.testSend}
          </Button>
        </Group>
        <div role="status">
          {sentTo !== null && (
            <Alert color="green">
              {t.testSent(sentTo)}{' '}
              <Anchor href={`${pageUrl('messages')}?${new URLSearchParams({ recipient: sentTo })}`}>
                {t.testStatus}
              </Anchor>
            </Alert>
          )}
        </div>
      </Stack>
    </form>
  )
}
