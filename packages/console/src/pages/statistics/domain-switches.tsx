import { Checkbox, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useMay } from '../../api/caller.js'
import type { AnswerOf } from '../../api/signatures.js'
import { type Column, DataTable } from '../../components/data-table.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { OnOff } from './on-off.js'
import { SwitchBoth } from './switch-buttons.js'
import { statisticsTexts } from './texts.js'

type Row = AnswerOf<'statistics.settings.get'>['domains']['items'][number]

interface Props {
  readonly domains: readonly Row[]
  readonly more: (() => void) | undefined
}

/** Domains that differ from their account, or shall: one or several are switched together (TRK-2). */
export function DomainSwitches({ domains, more }: Props) {
  const t = useTexts(statisticsTexts)
  const format = useFormat()
  const may = useMay('statistics.settings.setDomains')
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set())
  const names = domains.map(({ domain }) => domain)
  const toggle = (domain: string, on: boolean) =>
    choose(new Set(on ? [...chosen, domain] : [...chosen].filter((one) => one !== domain)))
  const choice: Column<Row> = {
    key: 'choice',
    header: (
      <Checkbox
        aria-label={t.chooseAll}
        checked={names.every((name) => chosen.has(name))}
        indeterminate={chosen.size > 0 && names.some((name) => !chosen.has(name))}
        onChange={({ currentTarget }) => choose(new Set(currentTarget.checked ? names : []))}
      />
    ),
    width: '2.5rem',
    cell: ({ domain }) => (
      <Checkbox
        aria-label={t.choose(domain)}
        checked={chosen.has(domain)}
        onChange={({ currentTarget }) => toggle(domain, currentTarget.checked)}
      />
    ),
  }
  const columns: readonly Column<Row>[] = [
    ...(may ? [choice] : []),
    { key: 'domain', header: t.domain, width: 'minmax(12rem, 2fr)', cell: ({ domain }) => domain },
    { key: 'opens', header: t.opensCount, cell: ({ opens }) => <OnOff on={opens} /> },
    { key: 'clicks', header: t.clicksCount, cell: ({ clicks }) => <OnOff on={clicks} /> },
  ]
  return (
    <Stack className="panel" gap="sm">
      <Title order={2} size="h4">
        {t.domains}
      </Title>
      <Text size="sm" c="dimmed">
        {domains.length === 0 ? t.noDomains : t.domainsHint}
      </Text>
      {may && chosen.size > 0 && (
        <Group>
          <Text size="sm" role="status">
            {t.chosen(format.number(chosen.size))}
          </Text>
          <SwitchBoth now={null} domains={[...chosen]} />
        </Group>
      )}
      {domains.length > 0 && (
        <DataTable label={t.domains} columns={columns} rows={domains} rowKey={({ domain }) => domain} readMore={more} />
      )}
    </Stack>
  )
}
