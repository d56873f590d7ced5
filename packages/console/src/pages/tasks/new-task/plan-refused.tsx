import type { TaskPlan } from '@mailwright/core'
import { Anchor, ScrollArea, Table, Text } from '@mantine/core'
import { pageUrl } from '../../../app/route.js'
import { useTexts } from '../../../language/language.js'
import { useFormat } from '../../../language/use-format.js'
import { planTexts } from './plan-texts.js'

const reasons = {
  CUSTOM_BLOCKED: 'customBlocked',
  INVALID_ADDRESS_BLOCKED: 'invalidBlocked',
  RECIPIENT_REJECTED: 'rejected',
} as const satisfies Readonly<Record<string, keyof typeof planTexts.en>>

const isKnown = (code: string): code is keyof typeof reasons => Object.hasOwn(reasons, code)
const EXAMPLES = 5

/** Who would be refused, why, and some of them. */
export function PlanRefused({ refused }: Pick<TaskPlan, 'refused'>) {
  const t = useTexts(planTexts)
  const format = useFormat()
  if (refused.length === 0) return null
  return (
    <>
      <ScrollArea>
        <Table miw={560}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.reason}</Table.Th>
              <Table.Th ta="end">{t.count}</Table.Th>
              <Table.Th>{t.examples}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {refused.map(({ code, count, examples }) => (
              <Table.Tr key={code}>
                <Table.Td>{isKnown(code) ? t[reasons[code]] : code}</Table.Td>
                <Table.Td ta="end">{format.number(count)}</Table.Td>
                <Table.Td className="break">
                  {examples.slice(0, EXAMPLES).join(', ')}
                  {count > EXAMPLES && ' …'}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      <Text size="sm">
        <Anchor href={pageUrl('blocklist')}>{t.toBlocklist}</Anchor>
      </Text>
    </>
  )
}
