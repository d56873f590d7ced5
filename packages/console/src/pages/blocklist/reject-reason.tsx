import type { RejectedView } from '@mailwright/core'
import { Text } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { LiftReject } from './lift-reject.js'
import { lookupTexts } from './lookup-texts.js'
import { Reason } from './reason.js'

export function RejectReason({ reject }: { readonly reject: RejectedView }) {
  const t = useTexts(lookupTexts)
  const format = useFormat()
  return (
    <Reason action={<LiftReject reject={reject} />}>
      <Text size="sm">{t.reject(reject.senderDomain, format.minute(reject.at))}</Text>
      <Text size="sm" c="dimmed">
        {t.because(reject.reason)}
      </Text>
    </Reason>
  )
}
