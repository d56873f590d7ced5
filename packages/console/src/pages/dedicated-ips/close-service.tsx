import { Stack, Text } from '@mantine/core'
import { useCall } from '../../api/use-call.js'
import { ActionButton } from '../../components/action-button.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { ipTexts } from './texts.js'

const MOST = 1_000

export function CloseService() {
  const t = useTexts(ipTexts)
  const format = useFormat()
  const { data } = useCall('dedicatedIps.list', [{ limit: MOST }])
  const count = data === undefined ? '…' : format.number(data.items.length) + (data.next === null ? '' : '+')
  const text = (
    <Stack gap="xs" component="span">
      <Text span>{t.closeText(count)}</Text>
      <Text span>{t.closeReturn}</Text>
    </Stack>
  )
  return (
    <ActionButton
      operation="dedicatedIps.close"
      args={[]}
      color="red"
      size="sm"
      confirm={{ title: t.closeTitle, text }}
      done={t.closed}
    >
      {t.close}
    </ActionButton>
  )
}
