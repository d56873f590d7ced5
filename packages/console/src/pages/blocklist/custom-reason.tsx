import type { CustomView } from '@mailwright/core'
import { Text } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { lookupTexts } from './lookup-texts.js'
import { ModifyCustom } from './modify-custom.js'
import { Reason } from './reason.js'
import { RemoveCustom } from './remove-custom.js'

export function CustomReason({ block }: { readonly block: CustomView }) {
  const t = useTexts(lookupTexts)
  const format = useFormat()
  const { target, status, startsAt, endsAt, automatic, reason } = block
  const sentence = {
    active: t.customActive(target),
    coming: t.customComing(target, format.minute(startsAt)),
    expired: t.customExpired(target, format.minute(endsAt ?? startsAt)),
  }[status]
  return (
    <Reason
      action={
        <>
          <ModifyCustom blocks={[block]} />
          <RemoveCustom targets={[target]} />
        </>
      }
    >
      <Text size="sm">
        {sentence}
        {status === 'active' && ` ${endsAt === null ? t.customForGood : t.customUntil(format.minute(endsAt))}`}
      </Text>
      {automatic && (
        <Text size="sm" c="dimmed">
          {t.customAutomatic}
        </Text>
      )}
      {reason !== '' && (
        <Text size="sm" c="dimmed">
          {t.because(reason)}
        </Text>
      )}
    </Reason>
  )
}
