import type { MessageView } from '@mailwright/core'
import { Anchor, SimpleGrid, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { pageUrl } from '../../app/route.js'
import { CopyValue } from '../../components/copy-value.js'
import { useNames } from '../../components/use-names.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { TaskLink, TemplateLink } from './mail-links.js'
import { Marks, MessageState } from './message-state.js'
import { deliveryTexts } from './texts.js'

/** What is known of one mail, and where to look next. */
export function MessageFacts({ id, message }: { readonly id: string; readonly message: MessageView | null }) {
  const t = useTexts(deliveryTexts)
  const names = useNames()
  return (
    <SimpleGrid className="panel" component="dl" m={0} cols={{ base: 1, xs: 2, md: 3 }}>
      {message && (
        <>
          <Fact label={t.recipient}>
            <Text size="sm" fw={600} className="break">
              {message.recipient}
            </Text>
            <Anchor size="sm" href={`${pageUrl('messages')}?${new URLSearchParams({ recipient: message.recipient })}`}>
              {t.allMail}
            </Anchor>
          </Fact>
          <Fact label={t.state}>
            <MessageState state={message.state} />
            <Text size="xs" c="dimmed">
              SendStatus {message.sendStatus} · DeliverStatus {message.deliverStatus}
            </Text>
          </Fact>
          <Fact label={t.marks}>
            <Marks message={message} />
          </Fact>
          <Fact label={t.lastAt}>
            <When at={message.lastAt} />
          </Fact>
          <Fact label={t.template}>
            <TemplateLink id={message.template} name={names.template} />
          </Fact>
          <Fact label={t.task}>
            <TaskLink id={message.task} name={names.task} />
          </Fact>
          {message.requestId !== null && (
            <Fact label={t.requestId}>
              <CopyValue value={message.requestId} />
            </Fact>
          )}
        </>
      )}
      <Fact label={t.message}>
        <CopyValue value={id} />
      </Fact>
    </SimpleGrid>
  )
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {label}
      </Text>
      <Stack component="dd" m={0} gap={4} align="flex-start" fz="sm">
        {children}
      </Stack>
    </div>
  )
}
