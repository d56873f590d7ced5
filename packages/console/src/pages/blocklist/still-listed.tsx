import { Alert, Group, List, Stack, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { componentTexts } from '../../components/texts.js'
import { useTexts } from '../../language/language.js'
import { WhitelistButton } from './invalid-actions.js'
import { blocklistTexts } from './texts.js'
import type { StillListedState } from './use-still-listed.js'

const SHOWN = 20

/** What removing did not free, and what does. */
export function StillListed({ addresses, tell }: StillListedState) {
  const t = useTexts(blocklistTexts)
  const common = useTexts(componentTexts)
  if (addresses.length === 0) return null
  return (
    <Alert
      color="yellow"
      icon={<IconInfoCircle />}
      title={t.stillListedTitle}
      withCloseButton
      closeButtonLabel={common.close}
      onClose={() => tell([])}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t.stillListed}</Text>
        <List size="sm">
          {addresses.slice(0, SHOWN).map((address) => (
            <List.Item key={address} className="break">
              {address}
            </List.Item>
          ))}
          {addresses.length > SHOWN && <List.Item>…</List.Item>}
        </List>
        <Group>
          <WhitelistButton addresses={addresses} onDone={() => tell([])} />
        </Group>
      </Stack>
    </Alert>
  )
}
