import { Checkbox, Group, Stack, Table, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { AnswerOf } from '../../api/signatures.js'
import { useCall } from '../../api/use-call.js'
import { Loading } from '../../components/loading.js'
import { Page } from '../../components/page.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { StateBadge } from '../../components/state-badge.js'
import { useTexts } from '../../language/language.js'
import { SwitchBoth } from './switch-buttons.js'
import { statisticsTexts } from './texts.js'

type Settings = AnswerOf<'statistics.settings.get'>

/** Both levels of switches (TRK-2). */
export function TrackingSettingsPage() {
  const t = useTexts(statisticsTexts)
  const { data, error, refetch } = useCall('statistics.settings.get', [{ limit: 100 }])
  return (
    <Page title={t.settingsTitle} intro={t.settingsIntro}>
      {error !== null && <ProblemAlert error={error} retry={() => void refetch()} />}
      {data === undefined ? error === null && <Loading /> : <Levels settings={data} />}
    </Page>
  )
}

function Levels({ settings }: { readonly settings: Settings }) {
  const t = useTexts(statisticsTexts)
  return (
    <>
      <Stack className="panel" gap="sm">
        <Title order={2} size="h4">
          {t.account}
        </Title>
        <Text size="sm" c="dimmed">
          {t.accountHint}
        </Text>
        <Group>
          <Text size="sm">{t.opensCount}</Text>
          <OnOff on={settings.account.opens} />
          <Text size="sm">{t.clicksCount}</Text>
          <OnOff on={settings.account.clicks} />
        </Group>
        <SwitchBoth now={settings.account} domains={null} />
      </Stack>
      <Domains domains={settings.domains.items} />
    </>
  )
}

function Domains({ domains }: { readonly domains: Settings['domains']['items'] }) {
  const t = useTexts(statisticsTexts)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (domain: string, on: boolean) =>
    setChosen(new Set(on ? [...chosen, domain] : [...chosen].filter((one) => one !== domain)))
  const all = domains.length > 0 && domains.every(({ domain }) => chosen.has(domain))
  return (
    <Stack className="panel" gap="sm">
      <Title order={2} size="h4">
        {t.domains}
      </Title>
      <Text size="sm" c="dimmed">
        {domains.length === 0 ? t.noDomains : t.domainsHint}
      </Text>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={40}>
              <Checkbox
                aria-label={t.chooseAll}
                checked={all}
                onChange={({ currentTarget }) =>
                  setChosen(new Set(currentTarget.checked ? domains.map(({ domain }) => domain) : []))
                }
              />
            </Table.Th>
            <Table.Th>{t.domain}</Table.Th>
            <Table.Th>{t.opensCount}</Table.Th>
            <Table.Th>{t.clicksCount}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {domains.map(({ domain, opens, clicks }) => (
            <Table.Tr key={domain}>
              <Table.Td>
                <Checkbox
                  aria-label={t.choose(domain)}
                  checked={chosen.has(domain)}
                  onChange={({ currentTarget }) => toggle(domain, currentTarget.checked)}
                />
              </Table.Td>
              <Table.Td className="break">{domain}</Table.Td>
              <Table.Td>
                <OnOff on={opens} />
              </Table.Td>
              <Table.Td>
                <OnOff on={clicks} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {chosen.size > 0 && <SwitchBoth now={null} domains={[...chosen]} />}
    </Stack>
  )
}

function OnOff({ on }: { readonly on: boolean }) {
  const t = useTexts(statisticsTexts)
  return <StateBadge tone={on ? 'good' : 'over'}>{on ? t.on : t.off}</StateBadge>
}
