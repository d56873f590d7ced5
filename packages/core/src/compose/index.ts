export {
  ATTACHMENTS_MAX,
  ATTACHMENTS_SIZE_MAX,
  type Attachment,
  type AttachmentInput,
  checkAttachments,
} from './check-attachments.js'
export { checkHeaders, HEADER_VALUE_MAX, HEADERS_MAX, type HeaderPair } from './check-headers.js'
export { type CompiledMail, compileMail, MAIL_SIZE_MAX, type MailSource } from './compile-mail.js'
export { dateText } from './date-header.js'
export { type DkimSigner, signMail } from './dkim/index.js'
export { headerLine } from './header-line.js'
export type { MailRecipient } from './mail-recipient.js'
export { type HeaderMailbox, needsSmtpUtf8 } from './mailbox-header.js'
