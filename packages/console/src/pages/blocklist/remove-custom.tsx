import { ActionButton } from '../../components/action-button.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { customTexts } from './custom-texts.js'

interface Props {
  readonly targets: readonly string[]
  readonly onDone?: () => void
}

export function RemoveCustom({ targets, onDone }: Props) {
  const t = useTexts(customTexts)
  const format = useFormat()
  const [only = ''] = targets
  return (
    <ActionButton
      operation="blocklist.custom.remove"
      args={[targets]}
      confirm={{
        title: t.removeTitle(targets.length === 1 ? only : t.several(format.number(targets.length))),
        text: t.removeText,
      }}
      done={({ removed }) => t.removed(format.number(removed))}
      {...(onDone && { onDone })}
    >
      {t.remove}
    </ActionButton>
  )
}
