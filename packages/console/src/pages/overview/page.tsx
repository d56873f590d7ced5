import { SimpleGrid } from '@mantine/core'
import { Page } from '../../components/page.js'
import { useTexts } from '../../language/language.js'
import { DomainAllowances } from './domain-allowances.js'
import { GettingStarted } from './getting-started.js'
import { LastHour } from './last-hour.js'
import { NeedsAttention } from './needs-attention.js'
import { TasksUnderWay } from './tasks-under-way.js'
import { overviewTexts } from './texts.js'

/** What a newcomer does next, then today at a glance. */
export function OverviewPage() {
  const t = useTexts(overviewTexts)
  return (
    <Page title={t.title}>
      <GettingStarted />
      <NeedsAttention />
      <LastHour />
      <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
        <DomainAllowances />
        <TasksUnderWay />
      </SimpleGrid>
    </Page>
  )
}
