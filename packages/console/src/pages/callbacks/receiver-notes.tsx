import { Accordion } from '@mantine/core'
import { useTexts } from '../../language/language.js'
import { EventList } from './event-list.js'
import { signatureTexts } from './signature-texts.js'
import { callbackTexts } from './texts.js'
import { VerifySignature } from './verify-signature.js'

/** For whoever writes the receiver; closed until somebody wants to know. */
export function ReceiverNotes() {
  const t = useTexts(callbackTexts)
  const signature = useTexts(signatureTexts)
  return (
    <Accordion variant="contained" multiple order={2}>
      <Accordion.Item value="events">
        <Accordion.Control>{t.events}</Accordion.Control>
        <Accordion.Panel>
          <EventList />
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="signature">
        <Accordion.Control>{signature.title}</Accordion.Control>
        <Accordion.Panel>
          <VerifySignature />
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  )
}
