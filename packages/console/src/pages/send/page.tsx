import type { SendAnswer as Answer } from '@mailwright/core'
import { Anchor } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '../../api/use-call.js'
import { pageUrl } from '../../app/route.js'
import { EmptyState } from '../../components/empty-state.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { LinkButton } from './link-button.js'
import { SendAnswer } from './send-answer.js'
import { SendForm } from './send-form.js'
import { sendTexts } from './texts.js'

/** As many as one call lists; whoever has more finds them by typing. */
const MOST = 1_000

export function SendPage() {
  const t = useTexts(sendTexts)
  const templates = useCall('templates.list', [{ limit: MOST }])
  const senders = useCall('senders.list', [{ limit: MOST }])
  const [answer, setAnswer] = useState<Answer | null>(null)
  const error = templates.error ?? senders.error
  const intro = (
    <>
      {t.intro}{' '}
      <Anchor href={pageUrl('tasks')} underline="always">
        {t.batch}
      </Anchor>
    </>
  )
  const content = () => {
    if (error !== null) return <ProblemAlert error={error} />
    if (templates.data === undefined || senders.data === undefined) return <Loading />
    const sendable = templates.data.items.filter(({ approved }) => approved !== null)
    if (sendable.length === 0)
      return (
        <EmptyState
          title={t.noTemplateTitle}
          next={t.noTemplateNext}
          action={<LinkButton href={pageUrl('templates', 'new')}>{t.createTemplate}</LinkButton>}
        />
      )
    if (senders.data.items.length === 0)
      return (
        <EmptyState
          title={t.noSenderTitle}
          next={t.noSenderNext}
          action={<LinkButton href={pageUrl('senders')}>{t.createSender}</LinkButton>}
        />
      )
    return <SendForm templates={sendable} senders={senders.data.items} onSent={setAnswer} />
  }
  return (
    <Page title={t.title} intro={intro}>
      {answer === null ? content() : <SendAnswer answer={answer} onAgain={() => setAnswer(null)} />}
    </Page>
  )
}
