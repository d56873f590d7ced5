import type { BlockLookup } from '@mailwright/core'
import { Text } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { RemoveInvalidButton, WhitelistButton } from './invalid-actions.js'
import { lookupTexts } from './lookup-texts.js'
import { Reason } from './reason.js'
import { Release } from './release.js'

interface Props {
  readonly address: string
  readonly invalid: NonNullable<BlockLookup['invalid']>
}

export function InvalidReason({ address, invalid }: Props) {
  const t = useTexts(lookupTexts)
  const when = useFormat().minute(invalid.at)
  const { triggeredBy, alsoAnother, whitelisted, reason, releaseAt } = invalid
  const own = triggeredBy === 'you'
  return (
    <Reason
      action={
        <>
          {own && <RemoveInvalidButton addresses={[address]} />}
          {!whitelisted && <WhitelistButton addresses={[address]} />}
        </>
      }
    >
      <Text size="sm">
        {!own ? t.invalidAnother(when) : alsoAnother ? t.invalidBoth(when) : `${t.invalidYou(when)} ${t.removeHint}`}
      </Text>
      <Text size="sm" c="dimmed">
        {t.said(reason)}
      </Text>
      <Text size="sm" c="dimmed">
        {t.releasedOn} <Release at={releaseAt} />
      </Text>
    </Reason>
  )
}
