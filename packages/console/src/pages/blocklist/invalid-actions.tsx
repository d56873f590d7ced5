import { ActionButton } from '../../components/action-button.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { blocklistTexts } from './texts.js'

interface Props {
  readonly addresses: readonly string[]
  readonly onDone?: () => void
}

export function WhitelistButton({ addresses, onDone }: Props) {
  const t = useTexts(blocklistTexts)
  return (
    <ActionButton
      operation="blocklist.invalid.whitelist"
      args={[{ addresses }]}
      confirm={{ title: `${t.whitelist}: ${useNameOf(addresses)}`, text: t.whitelistHint }}
      done={t.whitelistDone}
      {...(onDone && { onDone })}
    >
      {t.whitelist}
    </ActionButton>
  )
}

export function UnwhitelistButton({ addresses, onDone }: Props) {
  const t = useTexts(blocklistTexts)
  return (
    <ActionButton
      operation="blocklist.invalid.whitelist"
      args={[{ addresses, on: false }]}
      done={t.unwhitelistDone}
      {...(onDone && { onDone })}
    >
      {t.unwhitelist}
    </ActionButton>
  )
}

interface RemoveProps {
  readonly addresses: readonly string[]
  /** Told which of them another account keeps on the list. */
  readonly onDone?: (stillListed: readonly string[]) => void
}

export function RemoveInvalidButton({ addresses, onDone }: RemoveProps) {
  const t = useTexts(blocklistTexts)
  const format = useFormat()
  return (
    <ActionButton
      operation="blocklist.invalid.remove"
      args={[addresses]}
      confirm={{ title: t.removeInvalidTitle(useNameOf(addresses)), text: t.removeInvalidText }}
      done={(rows) => {
        const count = format.number(rows.filter(({ removed }) => removed).length)
        const left = rows.filter(({ stillListed }) => stillListed).length
        return left === 0 ? t.removed(count) : t.removedButListed(count, format.number(left))
      }}
      onDone={(rows) => onDone?.(rows.filter(({ stillListed }) => stillListed).map(({ address }) => address))}
    >
      {t.remove}
    </ActionButton>
  )
}

function useNameOf(addresses: readonly string[]): string {
  const t = useTexts(blocklistTexts)
  const format = useFormat()
  const [only] = addresses
  return addresses.length === 1 && only !== undefined ? only : t.several(format.number(addresses.length))
}
