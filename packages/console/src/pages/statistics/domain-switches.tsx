import { Stack, Text, Title } from '@mantine/core'
import { useMay } from '../../api/caller.js'
import type { AnswerOf } from '../../api/signatures.js'
import { type Column, DataTable } from '../../components/data-table.js'
import { type Selecting, SelectionBar, selectionColumn } from '../../components/selection-column.js'
import { useSelection } from '../../components/use-selection.js'
import { useTexts } from '../../language/language.js'
import { OnOff } from './on-off.js'
import { SwitchBoth } from './switch-buttons.js'
import { statisticsTexts } from './texts.js'

type Row = AnswerOf<'statistics.settings.get'>['domains']['items'][number]

interface Props {
  readonly domains: readonly Row[]
  readonly more: (() => void) | undefined
}

const nameOf = ({ domain }: Row): string => domain
const selecting: Selecting<Row> = {
  nameOf,
  actions: (chosen) => <SwitchBoth now={null} domains={chosen.map(nameOf)} />,
}

/** Domains that differ from their account, or shall: one or several are switched together (TRK-2). */
export function DomainSwitches({ domains, more }: Props) {
  const t = useTexts(statisticsTexts)
  const may = useMay('statistics.settings.setDomains')
  const selection = useSelection('domains')
  const shown = { rows: domains, rowKey: nameOf, selection, selecting }
  const columns: readonly Column<Row>[] = [
    ...(may ? [selectionColumn(shown)] : []),
    { key: 'domain', header: t.domain, width: 'minmax(12rem, 2fr)', cell: nameOf },
    { key: 'opens', header: t.opensCount, cell: ({ opens }) => <OnOff on={opens} /> },
    { key: 'clicks', header: t.clicksCount, cell: ({ clicks }) => <OnOff on={clicks} /> },
  ]
  return (
    <Stack className="panel" gap="sm">
      <Title order={2} size="h4">
        {t.domains}
      </Title>
      {domains.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t.noDomains}
        </Text>
      ) : (
        <>
          {may && <SelectionBar {...shown} />}
          <DataTable label={t.domains} columns={columns} rows={domains} rowKey={nameOf} readMore={more} />
        </>
      )}
    </Stack>
  )
}
