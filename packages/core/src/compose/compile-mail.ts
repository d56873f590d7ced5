import {
  checkSubject,
  htmlToText,
  htmlWarnings,
  literalTemplate,
  type ParsedTemplate,
  parseTemplate,
  SUBJECT_MAX,
  type TemplateKind,
  type TemplateWarning,
  variablesOf,
} from '../domain/template/index.js'
import { type Dress, dressHtml, dressText } from '../domain/tracking/index.js'
import { MailError } from '../errors/mail-error.js'
import { type Attachment, type AttachmentInput, checkAttachments } from './check-attachments.js'
import type { HeaderPair } from './check-headers.js'
import { writeBody } from './mail-body.js'
import { writeHeaders } from './mail-headers.js'
import type { MailRecipient } from './mail-recipient.js'
import { type HeaderMailbox, needsSmtpUtf8 } from './mailbox-header.js'
import { skeletonRenderer } from './render-skeleton.js'
import { skeletonBuilder } from './skeleton.js'

/** Octets of a finished mail (TRG-1). */
export const MAIL_SIZE_MAX = 8 * 1_048_576

/** What all mails of a skeleton share. */
export interface MailSource {
  /** Strings are template sources, or direct content where `literal` is true. */
  readonly subject: string | ParsedTemplate
  readonly html?: string | ParsedTemplate | undefined
  /** None beside HTML: one is made (TPL-6). */
  readonly text?: string | ParsedTemplate | undefined
  /** Direct content, never read as a template (TRG-1). */
  readonly literal?: boolean | undefined
  readonly from: HeaderMailbox
  readonly replyTo?: HeaderMailbox | null | undefined
  readonly headers?: readonly HeaderPair[] | undefined
  readonly attachments?: readonly (Attachment | AttachmentInput)[] | undefined
  /** Both headers of RFC 8058; each recipient then needs an `unsubscribeUrl`. */
  readonly listUnsubscribe?: boolean | undefined
  /** What is tracked, and the visible unsubscribe link; each recipient then needs `links` and an `unsubscribeUrl`. None: nothing. */
  readonly dress?: Dress | undefined
  /** Octets of a finished mail. */
  readonly sizeMax?: number | undefined
}

/** A mail compiled once, to be spliced for each recipient. Immutable to its users; calls do not wait for anything. */
export interface CompiledMail {
  /** Of subject and body together, in order of first use (TPL-4). */
  readonly variables: readonly string[]
  readonly warnings: readonly TemplateWarning[]
  /** True if `{{unsubscribe_url}}` or List-Unsubscribe wants an `unsubscribeUrl` with each recipient. */
  readonly usesUnsubscribeUrl: boolean
  /**
   * The finished mail with CRLF line ends. The same recipient gives the same bytes.
   * @throws VARIABLES_MISMATCH, VALUE_INVALID, UNSAFE_URL, SUBJECT_INVALID, HEADER_INVALID, ADDRESS_INVALID, MESSAGE_TOO_LARGE
   */
  render(recipient: MailRecipient): Uint8Array
  /** True if a header would hold a local part beyond ASCII, so that the mail needs a server with SMTPUTF8. */
  needsSmtpUtf8(mailboxes: readonly Pick<HeaderMailbox, 'address'>[]): boolean
}

/**
 * Compiles a mail; costs about as much as parsing its template. Direct HTML without a text gets one made, too.
 * @throws TEMPLATE_SYNTAX, TEMPLATE_UNSAFE_SLOT, SUBJECT_INVALID, HEADER_INVALID, ADDRESS_INVALID, ATTACHMENT_INVALID, MESSAGE_TOO_LARGE
 */
export function compileMail(source: MailSource): CompiledMail {
  const { from, replyTo = null, headers = [], listUnsubscribe = false, sizeMax = MAIL_SIZE_MAX } = source
  const read = (given: string | ParsedTemplate, what: TemplateKind): ParsedTemplate => {
    if (typeof given !== 'string') return given
    return source.literal ? literalTemplate(given, what) : parseTemplate(given, what)
  }
  const subject = read(source.subject, 'subject')
  if (subject.slots.length === 0) checkSubject(subject.literals[0] ?? '', { max: SUBJECT_MAX })
  const { dress = { tracking: null, unsubscribe: null } } = source
  const bare = source.html === undefined ? null : read(source.html, 'html')
  // Text is made of the HTML before anything is tracked: it shows where links lead.
  const ownText = source.text === undefined ? bare && htmlToText(bare) : read(source.text, 'text')
  const html = bare && dressHtml(bare, dress)
  const text = ownText && dressText(ownText, dress)
  if (html === null && text === null)
    throw new MailError('INPUT_INVALID', { field: 'html', expected: 'html, text or both' })

  const tooLarge = (size: number) => new MailError('MESSAGE_TOO_LARGE', { size, maximum: sizeMax, unit: 'octets' })
  const plain = [html, text].flatMap((part) => part?.literals ?? []).reduce((sum, { length }) => sum + length, 0)
  if (plain > sizeMax) throw tooLarge(plain)

  const out = skeletonBuilder()
  writeHeaders(out, { from, replyTo, subject, headers, listUnsubscribe })
  writeBody(out, { html, text, attachments: attachmentsOf(source.attachments ?? []) })
  const skeleton = out.finish()
  if (skeleton.size > sizeMax) throw tooLarge(skeleton.size)

  const parts = [subject, html, text].filter((part) => part !== null)
  const own = [from, ...(replyTo ? [replyTo] : [])]
  return {
    variables: variablesOf(parts),
    warnings: bare ? htmlWarnings(bare) : [],
    usesUnsubscribeUrl:
      listUnsubscribe || parts.some(({ slots }) => slots.some(({ kind }) => kind === 'unsubscribe-url')),
    render: skeletonRenderer(skeleton, sizeMax),
    needsSmtpUtf8: (mailboxes) => [...own, ...mailboxes].some(needsSmtpUtf8),
  }
}

const isStored = (given: Attachment | AttachmentInput): given is Attachment => 'base64' in given

/** Stored attachments were checked when they were accepted. */
const attachmentsOf = (given: readonly (Attachment | AttachmentInput)[]): readonly Attachment[] => [
  ...given.filter(isStored),
  ...checkAttachments(given.filter((one): one is AttachmentInput => !isStored(one))),
]
