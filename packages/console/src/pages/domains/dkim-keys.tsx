import type { DomainView } from '@mailwright/core'
import { Group, Stack, Table, Text, Title } from '@mantine/core'
import { ActionButton } from '../../components/action-button.js'
import { When } from '../../components/when.js'
import { useTexts } from '../../language/language.js'
import { domainTexts } from './texts.js'

type KeyState = DomainView['dkim'][number]['state']

const keyStates = {
  publishing: 'keyPublishing',
  active: 'keyActive',
  retiring: 'keyRetiring',
  retired: 'keyRetired',
} as const satisfies Readonly<Record<KeyState, keyof typeof domainTexts.en>>

export function DkimKeys({ domain }: { readonly domain: DomainView }) {
  const t = useTexts(domainTexts)
  if (domain.dkim.length === 0) return null
  return (
    <Stack className="panel" gap="sm">
      <Group gap="xs">
        <Title order={2} size="h4" flex={1}>
          {t.keys}
        </Title>
        {domain.dkim.some(({ state }) => state === 'publishing') && (
          <ActionButton
            operation="domains.rotateDkim"
            args={[domain.name, { cancel: true }]}
            confirm={{ title: t.cancelRotation, text: t.cancelRotationText }}
          >
            {t.cancelRotation}
          </ActionButton>
        )}
        <ActionButton
          operation="domains.rotateDkim"
          args={[domain.name]}
          confirm={{ title: t.rotate, text: t.rotateText }}
          done={t.rotated}
        >
          {t.rotate}
        </ActionButton>
      </Group>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.selector}</Table.Th>
            <Table.Th>{t.algorithm}</Table.Th>
            <Table.Th>{t.state}</Table.Th>
            <Table.Th>{t.since}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {domain.dkim.map(({ selector, algorithm, state, since }) => (
            <Table.Tr key={selector}>
              <Table.Td>
                <Text component="span" className="value">
                  {selector}
                </Text>
              </Table.Td>
              <Table.Td>{algorithm}</Table.Td>
              <Table.Td>{t[keyStates[state]]}</Table.Td>
              <Table.Td>
                <When at={since} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  )
}
