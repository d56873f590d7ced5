import { Group } from '@mantine/core'
import { ActionButton } from '../../components/action-button.js'
import { useTexts } from '../../language/language.js'
import { statisticsTexts } from './texts.js'

interface Props {
  /** How it stands; null where several may stand differently, so that both ways are offered. */
  readonly now: { readonly opens: boolean; readonly clicks: boolean } | null
  /** null: the account and with it all its domains. */
  readonly domains: readonly string[] | null
}

/** A button for each switch that would change something; each asks a second time. */
export function SwitchBoth({ now, domains }: Props) {
  return (
    <Group>
      {(['opens', 'clicks'] as const).flatMap((what) =>
        [true, false]
          .filter((on) => now === null || now[what] !== on)
          .map((on) => <SwitchButton key={`${what} ${on}`} what={what} on={on} domains={domains} />),
      )}
    </Group>
  )
}

function SwitchButton({
  what,
  on,
  domains,
}: { readonly what: 'opens' | 'clicks'; readonly on: boolean } & Pick<Props, 'domains'>) {
  const t = useTexts(statisticsTexts)
  const name = what === 'opens' ? t.opensCount : t.clicksCount
  const label = on ? t.turnOn(name) : t.turnOff(name)
  const state = on ? t.stateOn : t.stateOff
  if (domains === null)
    return (
      <ActionButton
        operation="statistics.settings.setAccount"
        args={[{ [what]: on }]}
        confirm={{ title: label, text: t.confirmAccount(name, state) }}
        done={t.saved}
      >
        {label}
      </ActionButton>
    )
  return (
    <ActionButton
      operation="statistics.settings.setDomains"
      args={[{ domains: [...domains], [what]: on }]}
      confirm={{ title: label, text: t.confirmDomains(name, state, domains.join(', ')) }}
      done={t.saved}
    >
      {label}
    </ActionButton>
  )
}
