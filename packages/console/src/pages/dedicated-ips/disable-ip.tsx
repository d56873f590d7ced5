import { Stack, Text } from '@mantine/core'
import { ActionButton } from '../../components/action-button.js'
import { useTexts } from '../../language/language.js'
import { ipTexts } from './texts.js'

export function DisableIp({ ip }: { readonly ip: string }) {
  const t = useTexts(ipTexts)
  const text = (
    <Stack gap="xs" component="span">
      <Text span>{t.disableText}</Text>
      <Text span>{t.disableCharge}</Text>
    </Stack>
  )
  return (
    <ActionButton
      operation="dedicatedIps.disable"
      args={[ip]}
      color="red"
      confirm={{ title: t.disableTitle(ip), text }}
      done={t.disabled(ip)}
    >
      {t.disable}
    </ActionButton>
  )
}
