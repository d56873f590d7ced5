import { Button, Group, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useCall } from '../../api/use-call.js'
import { EmptyState } from '../../components/empty-state.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { FindingCard } from './finding-card.js'
import { doctorTexts } from './texts.js'

/** The findings come from the API errors first. */
export function DoctorPage() {
  const t = useTexts(doctorTexts)
  const { number } = useFormat()
  const { data: findings, error, refetch, isFetching, dataUpdatedAt } = useCall('doctor', [])
  const errors = findings?.filter(({ level }) => level === 'error').length ?? 0
  const again = (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} />}
      loading={isFetching}
      onClick={() => void refetch()}
    >
      {t.again}
    </Button>
  )
  return (
    <Page title={t.title} intro={t.intro} actions={again}>
      {error !== null && <ProblemAlert error={error} />}
      {findings === undefined && error === null && <Loading />}
      {findings && (
        <Group gap="lg" role="status">
          <Text fw={600}>{t.errors(number(errors))}</Text>
          <Text fw={600}>{t.warnings(number(findings.length - errors))}</Text>
          <Text size="sm" c="dimmed">
            {t.asked} <When at={dataUpdatedAt} />
          </Text>
        </Group>
      )}
      {findings?.length === 0 && <EmptyState title={t.fineTitle} next={t.fineNext} />}
      {findings?.map((finding, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a check may find the same of several things
        <FindingCard key={`${finding.code} ${at}`} finding={finding} />
      ))}
    </Page>
  )
}
