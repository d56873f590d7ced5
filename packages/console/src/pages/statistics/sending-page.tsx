import type { SendingInput } from '@mailwright/core'
import { useCall } from '../../api/use-call.js'
import { DownloadLink } from '../../components/download-link.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { FiguresPanel } from './figures-panel.js'
import { type Asked, questionOf } from './question.js'
import { QuestionBar } from './question-bar.js'
import { statisticsTexts } from './texts.js'
import { useAsked } from './use-asked.js'

const COLUMNS = [
  'requests',
  'refused',
  'handedOver',
  'delivered',
  'deferred',
  'bouncedHard',
  'bouncedSoft',
  'dropped',
  'failed',
  'expired',
  'invalid',
  'spamBounced',
] as const
const LINES = ['handedOver', 'delivered', 'bounced', 'dropped'] as const
const CARDS = ['requests', 'handedOver', 'delivered', 'deferred', 'bounced', 'dropped'] as const

export function SendingDataPage() {
  const t = useTexts(statisticsTexts)
  const [asked, change] = useAsked()
  const question = questionOf(asked)
  return (
    <Page
      title={t.sendingTitle}
      intro={t.sendingIntro}
      actions={
        question && <DownloadLink operation="statistics.exportCsv" input={{ ...question, figures: 'sending' }} />
      }
    >
      <QuestionBar asked={asked} change={change} />
      {question && <Answer asked={asked} question={question} />}
    </Page>
  )
}

function Answer({ asked, question }: { readonly asked: Asked; readonly question: SendingInput }) {
  const t = useTexts(statisticsTexts)
  const { data, error, refetch } = useCall('statistics.sending', [{ ...question, limit: 10_000 }])
  if (error !== null) return <ProblemAlert error={error} retry={() => void refetch()} />
  if (data === undefined) return <Loading />
  const { counts, rates } = data.total
  const figures = CARDS.map((key) => ({
    key,
    label: t[key],
    count: counts[key],
    share: key in rates ? rates[key as keyof typeof rates] : undefined,
  }))
  return (
    <FiguresPanel
      asked={asked}
      label={t.sendingTitle}
      figures={figures}
      rows={data.items}
      columns={COLUMNS}
      lines={LINES}
    />
  )
}
