import type { SendingInput } from '@mailwright/core'
import { useCall } from '../../api/use-call.js'
import { DownloadLink } from '../../components/download-link.js'
import { ListTable } from '../../components/list-table.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { FiguresPanel, useFigureColumns } from './figures-panel.js'
import { type Asked, overviewOf, questionOf, ROWS } from './question.js'
import { QuestionBar } from './question-bar.js'
import { statisticsTexts } from './texts.js'
import { useAsked } from './use-asked.js'
import { groupKey } from './use-group-columns.js'

const COLUMNS = [
  'requests',
  'refused',
  'accepted',
  'handedOver',
  'delivered',
  'deferred',
  'bouncedHard',
  'bouncedSoft',
  'dropped',
  'failed',
  'cancelled',
  'expired',
  'invalid',
  'spamBounced',
] as const
const LINES = ['handedOver', 'delivered', 'bounced', 'dropped'] as const
const CARDS = ['requests', 'accepted', 'delivered', 'deferred', 'bounced', 'dropped', 'invalid', 'spamBounced'] as const

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
  const columns = useFigureColumns(asked, COLUMNS)
  const { data, error, refetch } = useCall('statistics.sending', [overviewOf(question, asked)])
  if (error !== null) return <ProblemAlert error={error} retry={() => void refetch()} />
  if (data === undefined) return <Loading />
  const { counts, rates } = data.total
  const figures = CARDS.map((key) => ({
    key,
    label: t[key],
    count: counts[key],
    share: key === 'requests' ? undefined : rates[key],
  }))
  return (
    <FiguresPanel
      asked={asked}
      figures={figures}
      overview={data}
      lines={LINES}
      table={
        <ListTable
          operation="statistics.sending"
          input={{ ...question, limit: ROWS }}
          label={t.sendingTitle}
          columns={columns}
          rowKey={groupKey}
          empty={null}
        />
      }
    />
  )
}
