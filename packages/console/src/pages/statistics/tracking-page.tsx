import type { TrackingInput } from '@mailwright/core'
import { Alert, Switch } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import { useFilters } from '../../app/route.js'
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
import { TrackingOff } from './tracking-off.js'
import { useAsked } from './use-asked.js'
import { groupKey } from './use-group-columns.js'

const COUNTED = [
  'delivered',
  'opens',
  'uniqueOpens',
  'clicks',
  'uniqueClicks',
  'unsubscribes',
  'complaints',
  'machineOpens',
  'machineClicks',
] as const
const WITH_USERS = [...COUNTED, 'openUsers', 'clickUsers'] as const
const LINES = ['uniqueOpens', 'uniqueClicks', 'unsubscribes', 'complaints'] as const
const RATES = {
  uniqueOpens: 'opened',
  uniqueClicks: 'clicked',
  unsubscribes: 'unsubscribed',
  complaints: 'complained',
} as const

export function TrackingDataPage() {
  const t = useTexts(statisticsTexts)
  const [asked, change] = useAsked()
  const [{ users }, filter] = useFilters('users')
  const asks = questionOf(asked)
  const question = asks && { ...asks, users: users === 'yes' }
  return (
    <Page
      title={t.trackingTitle}
      intro={t.trackingIntro}
      actions={
        question && <DownloadLink operation="statistics.exportCsv" input={{ ...question, figures: 'tracking' }} />
      }
    >
      <TrackingOff domain={asked.domain} />
      <QuestionBar asked={asked} change={change} />
      <Switch
        label={t.users}
        checked={users === 'yes'}
        onChange={({ currentTarget }) => filter({ users: currentTarget.checked ? 'yes' : '' })}
      />
      {question && <Answer asked={asked} question={question} />}
    </Page>
  )
}

function Answer({ asked, question }: { readonly asked: Asked; readonly question: TrackingInput }) {
  const t = useTexts(statisticsTexts)
  const columns = useFigureColumns(asked, question.users ? WITH_USERS : COUNTED)
  const overview = { ...overviewOf(question, asked), users: question.users ?? false }
  const { data, error, refetch } = useCall('statistics.tracking', [overview])
  if (error !== null) return <ProblemAlert error={error} retry={() => void refetch()} />
  if (data === undefined) return <Loading />
  const { counts, rates } = data.total
  const people = (['openUsers', 'clickUsers'] as const).flatMap((key) => {
    const count = counts[key]
    return count === null ? [] : [{ key, label: t[key], count }]
  })
  const figures = [
    { key: 'delivered', label: t.delivered, count: counts.delivered },
    ...LINES.map((key) => ({ key, label: t[key], count: counts[key], share: rates[RATES[key]] })),
    ...people,
  ]
  return (
    <>
      {question.users && people.length === 0 && <Alert color="yellow">{t.peopleGone}</Alert>}
      <FiguresPanel
        asked={asked}
        figures={figures}
        overview={data}
        lines={LINES}
        table={
          <ListTable
            operation="statistics.tracking"
            input={{ ...question, limit: ROWS }}
            label={t.trackingTitle}
            columns={columns}
            rowKey={groupKey}
            empty={null}
          />
        }
      />
    </>
  )
}
