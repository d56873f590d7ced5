import type { PersonMessage } from '@mailwright/core'
import { Anchor, Text } from '@mantine/core'
import { pageUrl } from '../../app/route.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { DataSection } from './data-section.js'
import { peopleTexts } from './texts.js'
import { Values } from './values.js'

const SHOWN = 100

export function PersonMessages({ messages }: { readonly messages: readonly PersonMessage[] }) {
  const t = useTexts(peopleTexts)
  const { number } = useFormat()
  const note = messages.length > SHOWN && <Text size="sm">{t.firstOf(number(SHOWN), number(messages.length))}</Text>
  return (
    <DataSection
      title={t.messages}
      note={note}
      headers={[t.accepted, t.state, t.subject, t.values, t.reply, t.events]}
      rows={messages.slice(0, SHOWN).map(({ id, acceptedAt, state, subject, values, lastReply, events }) => [
        <Anchor key="at" href={pageUrl('messages', id)} size="sm">
          <When at={acceptedAt} />
        </Anchor>,
        state,
        subject ?? t.noSubject,
        <Values key="values" values={values} />,
        lastReply,
        number(events.length),
      ])}
    />
  )
}
