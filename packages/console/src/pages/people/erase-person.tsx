import type { Erasure } from '@mailwright/core'
import { Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { useMay } from '../../api/caller.js'
import { ActionButton } from '../../components/action-button.js'
import { useTexts } from '../../language/language.js'
import { peopleTexts } from './texts.js'

interface Props {
  readonly address: string
  readonly onErased: (erasure: Erasure) => void
}

/** Only whoever types the address again can erase it, and is asked once more. */
export function ErasePerson({ address, onErased }: Props) {
  const t = useTexts(peopleTexts)
  const [typed, setTyped] = useState('')
  const same = typed.trim() === address
  if (!useMay('people.erase')) return null
  return (
    <Stack className="panel" gap="sm" component="section" aria-label={t.eraseTitle}>
      <Title order={3} size="h4">
        {t.eraseTitle}
      </Title>
      <Text size="sm" maw="46rem">
        {t.eraseText}
      </Text>
      <Group align="flex-start">
        <TextInput
          label={t.again}
          description={address}
          autoComplete="off"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          error={typed !== '' && !address.startsWith(typed.trim()) ? t.different : undefined}
          flex="1 1 16rem"
          maw="28rem"
        />
      </Group>
      <Group>
        <ActionButton
          operation="people.erase"
          args={[address]}
          color="red"
          variant="filled"
          size="sm"
          disabled={!same}
          confirm={{ title: t.eraseConfirm(address), text: t.eraseFinal }}
          done={t.erased}
          onDone={onErased}
        >
          {t.erase}
        </ActionButton>
      </Group>
    </Stack>
  )
}
