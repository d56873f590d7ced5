import type { DomainView } from '@mailwright/core'
import { Badge, Group, ScrollArea, Stack, Table, Text, Title } from '@mantine/core'
import { CopyValue } from '../../components/copy-value.js'
import { StateBadge, type Tone } from '../../components/state-badge.js'
import { useTexts } from '../../language/language.js'
import { domainTexts } from './texts.js'

type Row = DomainView['rows'][number]

const tones: Readonly<Record<Row['status'], Tone>> = {
  passed: 'good',
  missing: 'waiting',
  wrong: 'bad',
  unknown: 'over',
}

/** What to publish, and what DNS shows now. */
export function DnsChecklist({ domain }: { readonly domain: DomainView }) {
  const t = useTexts(domainTexts)
  return (
    <Stack className="panel" gap="sm">
      <Title order={2} size="h4">
        {t.checklist}
      </Title>
      <Text size="sm" c="dimmed">
        {t.checklistIntro}
      </Text>
      <ScrollArea>
        <Table miw={820} verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={150}>{t.record}</Table.Th>
              <Table.Th w={200}>{t.host}</Table.Th>
              <Table.Th>{t.value}</Table.Th>
              <Table.Th>{t.current}</Table.Th>
              <Table.Th w={130}>{t.state}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {domain.rows.map((row) => (
              <ChecklistRow key={`${row.purpose} ${row.name} ${row.type}`} row={row} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Stack>
  )
}

function ChecklistRow({ row }: { readonly row: Row }) {
  const t = useTexts(domainTexts)
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td>
        <Group gap={6}>
          <Text size="sm" fw={600}>
            {row.purpose.toUpperCase()}
          </Text>
          <Badge variant="default">{row.type}</Badge>
        </Group>
        <Text size="xs" c="dimmed">
          {row.required ? t.required : t.recommended}
        </Text>
      </Table.Td>
      <Table.Td>
        <CopyValue value={row.host} />
      </Table.Td>
      <Table.Td>
        <CopyValue value={row.expected} />
      </Table.Td>
      <Table.Td>
        {row.status === 'passed' ? (
          <Text size="sm">{t.same}</Text>
        ) : (
          <Text component="span" className="value" lineClamp={4} title={row.current ?? ''}>
            {row.current ?? t.none}
          </Text>
        )}
        {row.reason !== undefined && (
          <Text size="xs" c="dimmed">
            {row.reason}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <StateBadge tone={tones[row.status]}>{t[row.status]}</StateBadge>
      </Table.Td>
    </Table.Tr>
  )
}
