import type { TaskPlan } from '@mailwright/core'
import { Progress, ScrollArea, Table, Text, Title } from '@mantine/core'
import { useTexts } from '../../../language/language.js'
import { useFormat } from '../../../language/use-format.js'
import { planTexts } from './plan-texts.js'

/** How the daily limit spreads the mails of the first start. */
export function PlanDays({ days }: Pick<TaskPlan, 'days'>) {
  const t = useTexts(planTexts)
  const format = useFormat()
  if (days.length === 0) return null
  const most = Math.max(...days.map(({ count }) => count))
  return (
    <>
      <Title order={2} size="h4">
        {t.days}
      </Title>
      <Text size="sm" c="dimmed">
        {days.length === 1 ? t.oneDay : t.manyDays(format.number(days.length))}
      </Text>
      <ScrollArea.Autosize mah="20rem">
        <Table maw="36rem" verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="8rem">{t.day}</Table.Th>
              <Table.Th w="6rem" ta="end">
                {t.mails}
              </Table.Th>
              <Table.Td aria-hidden />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {days.map(({ day, count }) => (
              <Table.Tr key={day}>
                <Table.Th scope="row" fw={400}>
                  {day}
                </Table.Th>
                <Table.Td ta="end">{format.number(count)}</Table.Td>
                <Table.Td aria-hidden>
                  <Progress.Root size="lg" radius="xs" bg="transparent">
                    <Progress.Section value={(count / most) * 100} color="indigo.7" withAria={false} />
                  </Progress.Root>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </>
  )
}
