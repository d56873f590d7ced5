import { Group, Stack, Text, Title } from '@mantine/core'
import type { AnswerOf } from '../../api/signatures.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { DomainSwitches } from './domain-switches.js'
import { OnOff } from './on-off.js'
import { SwitchBoth } from './switch-buttons.js'
import { statisticsTexts } from './texts.js'
import { useTrackingSettings } from './use-tracking-settings.js'

/** Both levels of switches (TRK-2). */
export function TrackingSettingsPage() {
  const t = useTexts(statisticsTexts)
  const { account, domains, more, error, again } = useTrackingSettings()
  return (
    <Page title={t.settingsTitle} intro={t.settingsIntro}>
      {error !== null && <ProblemAlert error={error} retry={again} />}
      {account === undefined ? (
        error === null && <Loading />
      ) : (
        <>
          <AccountSwitches account={account} />
          <DomainSwitches domains={domains} more={more} />
        </>
      )}
    </Page>
  )
}

function AccountSwitches({ account }: Pick<AnswerOf<'statistics.settings.get'>, 'account'>) {
  const t = useTexts(statisticsTexts)
  return (
    <Stack className="panel" gap="sm">
      <Title order={2} size="h4">
        {t.account}
      </Title>
      <Text size="sm" c="dimmed">
        {t.accountHint}
      </Text>
      <Group>
        <Text size="sm">{t.opensCount}</Text>
        <OnOff on={account.opens} />
        <Text size="sm">{t.clicksCount}</Text>
        <OnOff on={account.clicks} />
      </Group>
      <SwitchBoth now={account} domains={null} />
    </Stack>
  )
}
