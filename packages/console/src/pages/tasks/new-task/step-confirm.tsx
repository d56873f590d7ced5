import type { TaskPlan } from '@mailwright/core'
import { Table, Text, Title } from '@mantine/core'
import { goTo } from '../../../app/route.js'
import { ActionButton } from '../../../components/action-button.js'
import { parseTags } from '../../../components/tag-lines.js'
import { TagList } from '../../../components/tags.js'
import { useTexts } from '../../../language/language.js'
import { useFormat } from '../../../language/use-format.js'
import { useSpanFormat } from '../span-format.js'
import { useZoneFormat } from '../zone-format.js'
import { Moves } from './moves.js'
import { type TaskDraft, taskOf } from './task-draft.js'
import { newTaskTexts } from './texts.js'

interface Props {
  readonly draft: TaskDraft
  readonly plan: TaskPlan
  readonly back: () => void
}

/** All of it once more, and the button that makes it. */
export function StepConfirm({ draft, plan, back }: Props) {
  const t = useTexts(newTaskTexts)
  const format = useFormat()
  const span = useSpanFormat()
  const zoned = useZoneFormat(draft.timeZone)
  const [first] = plan.starts
  const start = draft.type === 'immediate' || first === undefined ? '' : `: ${zoned(first)} (${draft.timeZone})`
  const rows = [
    [t.name, draft.name.trim() === '' ? '–' : draft.name],
    [t.template, draft.template],
    [t.group, draft.group],
    [t.recipients, t.ofRecipients(format.number(plan.sendable), format.number(plan.recipients))],
    [t.from, draft.from],
    [t.subject, draft.subject.trim() === '' ? t.subjectOfTemplate : draft.subject],
    [t.type, `${t[draft.type]}${start}`],
    ...(draft.type === 'recurring' ? [[t.recurs, recurrence()]] : []),
    [t.scenario, t[draft.scenario]],
  ] as const
  function recurrence(): string {
    return draft.recurs === 'rule' ? draft.rrule : t.everySo(span({ n: Number(draft.every.n), unit: draft.every.unit }))
  }
  return (
    <>
      <Title order={2} size="h4">
        {t.confirmTitle}
      </Title>
      <Table maw="48rem">
        <Table.Tbody>
          {rows.map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th scope="row" w="12rem">
                {label}
              </Table.Th>
              <Table.Td className="break">{value}</Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Th scope="row">{t.tags}</Table.Th>
            <Table.Td>
              <TagList tags={parseTags(draft.tags)} />
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      <Text size="sm">{draft.type === 'immediate' ? t.sendsNow : t.sendsLater}</Text>
      <Moves back={back}>
        <ActionButton
          operation="tasks.create"
          args={[taskOf(draft)]}
          size="sm"
          variant="filled"
          done={t.created}
          onDone={({ id }) => goTo('tasks', id)}
        >
          {t.create}
        </ActionButton>
      </Moves>
    </>
  )
}
