import { Accordion, Code, Stack, Table, Text } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { signatureTexts } from './signature-texts.js'

const SAMPLE = `import { Webhook } from 'standardwebhooks'

// throws unless body and headers were signed with the secret
const event = new Webhook(secret).verify(body, headers)`

/** What a receiver checks; closed until somebody wants to know. */
export function VerifySignature() {
  const t = useTexts(signatureTexts)
  const headers = [
    ['webhook-id', t.id],
    ['webhook-timestamp', t.timestamp],
    ['webhook-signature', t.signature],
  ] as const
  return (
    <Accordion variant="contained" order={2} bg="body">
      <Accordion.Item value="signature">
        <Accordion.Control>{t.title}</Accordion.Control>
        <Accordion.Panel>
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
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  )
}
