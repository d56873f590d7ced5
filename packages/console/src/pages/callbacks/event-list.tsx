import { Code, Stack, Table, Text } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { EVENTS, eventTexts } from './event-texts.js'
import { callbackTexts } from './texts.js'

/** What an endpoint is told of. */
export function EventList() {
  const t = useTexts(callbackTexts)
  const meanings = useTexts(eventTexts)
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t.eventsText}
      </Text>
      <Table aria-label={t.events}>
        <Table.Tbody>
          {EVENTS.map((event) => (
            <Table.Tr key={event}>
              <Table.Th scope="row" w="9rem">
                <Code>{event}</Code>
              </Table.Th>
              <Table.Td>{meanings[event]}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  )
}
