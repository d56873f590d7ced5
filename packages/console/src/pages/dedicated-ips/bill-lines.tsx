import type { IpBill } from '@mailwright/core'
import { ScrollArea, Stack, Table, Text, Title } from '@mantine/core'
import { TagList } from '../../components/tags.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { billTexts } from './bill-texts.js'
import { useMoney } from './use-money.js'

export function BillLines({ bill }: { readonly bill: IpBill }) {
  const t = useTexts(billTexts)
  const { number } = useFormat()
  const money = useMoney(bill.currency)
  return (
    <Stack className="panel" gap="sm">
      <Title order={2} size="h4">
        {t.lines}
      </Title>
      {bill.lines.length === 0 ? (
        <Text c="dimmed">{t.noLines}</Text>
      ) : (
        <ScrollArea viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t.lines }}>
          <Table miw={560}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.ip}</Table.Th>
                <Table.Th>{t.tags}</Table.Th>
                <Table.Th ta="end">{t.days}</Table.Th>
                <Table.Th ta="end">{t.price}</Table.Th>
                <Table.Th ta="end">{t.fee}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {bill.lines.map(({ ip, tags, activeDays, price, fee }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: one IP may have been had twice in a month
                <Table.Tr key={`${ip} ${at}`}>
                  <Table.Td className="value">{ip}</Table.Td>
                  <Table.Td>
                    <TagList tags={tags} />
                  </Table.Td>
                  <Table.Td ta="end">{t.daysOf(number(activeDays), number(bill.daysInMonth))}</Table.Td>
                  <Table.Td ta="end">{money(price)}</Table.Td>
                  <Table.Td ta="end">{money(fee)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
            <Table.Tfoot>
              <Table.Tr>
                <Table.Th colSpan={4} scope="row">
                  {t.total}
                </Table.Th>
                <Table.Th ta="end">{money(bill.total)}</Table.Th>
              </Table.Tr>
            </Table.Tfoot>
          </Table>
        </ScrollArea>
      )}
    </Stack>
  )
}
