import { Code, Stack, Table, Text } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { signatureTexts } from './signature-texts.js'

const SAMPLE = `import { Webhook } from 'standardwebhooks'

// throws unless body and headers were signed with the secret
const event = new Webhook(secret).verify(body, headers)`

/** What a receiver checks. */
export function VerifySignature() {
  const t = useTexts(signatureTexts)
  const headers = [
    ['webhook-id', t.id],
    ['webhook-timestamp', t.timestamp],
    ['webhook-signature', t.signature],
  ] as const
  return (
    <Stack gap="sm">
      <Text size="sm">{t.intro}</Text>
      <Code block tabIndex={0}>
        {SAMPLE}
      </Code>
      <Table aria-label={t.title}>
        <Table.Tbody>
          {headers.map(([name, meaning]) => (
            <Table.Tr key={name} style={{ verticalAlign: 'top' }}>
              <Table.Th scope="row" w="11rem">
                <Code>{name}</Code>
              </Table.Th>
              <Table.Td>{meaning}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm">{t.answer}</Text>
    </Stack>
  )
}
