import { useRoute } from '../../app/route.js'
import { KeptMails } from './kept-mails.js'
import { OpenMail } from './open-mail.js'

/** `#/inbox` lists what was kept, `#/inbox/ID` shows one mail. */
export function InboxPage() {
  const [, id] = useRoute().path
  return id === undefined ? <KeptMails /> : <OpenMail id={id} />
}
