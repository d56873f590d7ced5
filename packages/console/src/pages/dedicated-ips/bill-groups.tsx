import type { IpBill } from '@mailwright/core'
import { Stack, Table, Title } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { billTexts } from './bill-texts.js'
import { useMoney } from './use-money.js'

/** They add up to the bill (DIP-4). */
export function BillGroups({ bill, tag }: { readonly bill: IpBill; readonly tag: string }) {
  const t = useTexts(billTexts)
  const money = useMoney(bill.currency)
  return (
    <Stack className="panel" gap="sm">
      <Title order={2} size="h4">
        {t.groups(tag)}
      </Title>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.value}</Table.Th>
            <Table.Th ta="end">{t.fee}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {bill.groups.map(({ value, fee }) => (
            <Table.Tr key={value === null ? 'none' : `=${value}`}>
              <Table.Td className="break">{value ?? t.untagged}</Table.Td>
              <Table.Td ta="end">{money(fee)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row">{t.total}</Table.Th>
            <Table.Th ta="end">{money(bill.total)}</Table.Th>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Stack>
  )
}
