import type { TrackingInput } from '@mailwright/core'
import { Anchor, Switch } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import { pageUrl, useFilters } from '../../app/route.js'
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
      intro={
        <>
          {t.trackingIntro}{' '}
          <Anchor href={pageUrl('tracking-settings')} underline="always">
            {t.toSettings}
          </Anchor>
        </>
      }
      actions={
        question && <DownloadLink operation="statistics.exportCsv" input={{ ...question, figures: 'tracking' }} />
      }
    >
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
  const { data, error, refetch } = useCall('statistics.tracking', [{ ...question, limit: 10_000 }])
  if (error !== null) return <ProblemAlert error={error} retry={() => void refetch()} />
  if (data === undefined) return <Loading />
  const { counts, rates } = data.total
  const figures = [
    { key: 'delivered', label: t.delivered, count: counts.delivered },
    ...LINES.map((key) => ({ key, label: t[key], count: counts[key], share: rates[RATES[key]] })),
  ]
  return (
    <FiguresPanel
      asked={asked}
      label={t.trackingTitle}
      figures={figures}
      rows={data.items}
      columns={question.users ? WITH_USERS : COUNTED}
      lines={LINES}
    />
  )
}
