import type { GroupView } from '@mailwright/core'
import { ActionButton } from '../../components/action-button.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { groupTexts } from './texts.js'

interface Props {
  readonly group: GroupView
  readonly onDone?: () => void
}

export function DeleteGroup({ group, onDone }: Props) {
  const t = useTexts(groupTexts)
  const format = useFormat()
  return (
    <ActionButton
      operation="groups.delete"
      args={[group.name]}
      color="red"
      confirm={{ title: t.deleteTitle(group.name), text: t.deleteText(format.number(group.rows)) }}
      done={t.deleted}
      {...(onDone && { onDone })}
    >
      {t.delete}
    </ActionButton>
  )
}
