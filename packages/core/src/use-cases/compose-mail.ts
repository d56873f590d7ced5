import { type CompiledMail, compileMail } from '../compose/index.js'
import { isErased } from '../domain/address/index.js'
import { parseTemplate, valuesFrom } from '../domain/template/index.js'
import { type Dress, hasUnsubscribeLink, type Switches, type UnsubscribeLanguage } from '../domain/tracking/index.js'
import { isMailError, MailError } from '../errors/mail-error.js'
import type { MessageRow } from '../ports/rows.js'
import type { Context } from './context.js'
import { lru } from './lru.js'
import { messageIdHeader } from './message-id.js'
import { find, type RequestData, type Stored, type TemplateVersionData } from './stored.js'
import { trackingOf } from './tracking/tracking-settings.js'

/** Variables of the winning subject and of the body count together (TPL-4); in order of first use, the subject's first. */
export function mailVariables(
  version: Pick<TemplateVersionData, 'subject' | 'variables'>,
  subject: string | null,
): readonly string[] {
  const winning = subject ?? version.subject
  return [...new Set([...(winning === null ? [] : parseTemplate(winning, 'subject').variables), ...version.variables])]
}

/** Whether the sender has placed the unsubscribe link himself, in the HTML or, where there is none, in the text (TRG-4). */
export const showsUnsubscribeLink = ({ type, body }: Pick<TemplateVersionData, 'type' | 'body'>): boolean =>
  hasUnsubscribeLink(parseTemplate(body, type))

/** Compiled skeletons by what they are made of; versions never change, so an entry is never wrong. */
const cacheOf = lru<Context, CompiledMail>(200)

async function versionOf(ctx: Context, account: string, id: string): Promise<TemplateVersionData> {
  const version = await find(ctx, 'template-version', account, id)
  if (!version) throw new MailError('DATA_CORRUPT', { kind: 'template-version', id })
  return version.data
}

const bodyOf = ({ type, body, text }: TemplateVersionData) =>
  type === 'html' ? { html: body, ...(text === null ? {} : { text }) } : { text: body }

/** What the service adds to mail of one domain, as the switches stand now; without a public address there is nowhere to lead to. */
function dressOf(
  { publicUrl }: Context,
  { opens, clicks }: Switches,
  unsubscribe: UnsubscribeLanguage | null,
  version: NonNullable<Dress['tracking']>['version'],
): Dress {
  if (publicUrl === null) return { tracking: null, unsubscribe: null }
  return { tracking: opens || clicks ? { opens, clicks, publicUrl, version } : null, unsubscribe }
}

/** The skeleton all mails of a run are spliced into. It follows the tracking switches: asked for again, it may be another one (TRK-2). */
export async function batchMail(ctx: Context, run: Stored<'run'>, given?: Switches): Promise<CompiledMail> {
  const { templateVersion: id, from, subject, unsubscribe = null, domain } = run.data
  const switches = given ?? (await trackingOf(ctx, run.account, domain))
  const listUnsubscribe = ctx.publicUrl !== null
  return cacheOf(ctx).get(
    JSON.stringify(['batch', id, from, subject, listUnsubscribe, switches, unsubscribe]),
    async () => {
      const version = await versionOf(ctx, run.account, id)
      const dress = dressOf(ctx, switches, unsubscribe, { id, links: version.links })
      return compileMail({
        subject: subject ?? version.subject ?? '',
        from,
        listUnsubscribe,
        dress,
        ...bodyOf(version),
      })
    },
  )
}

/** The mail of one frozen row. What cannot be rendered for this recipient is an error value: it fails this mail and no other. */
export function renderRow(
  ctx: Context,
  compiled: CompiledMail,
  run: Stored<'run'>,
  message: MessageRow,
  values: readonly string[],
): Uint8Array | MailError {
  return rendered(() =>
    compiled.render({
      to: [{ name: null, address: message.mailbox }],
      values: valuesFrom(run.data.variables, values),
      messageId: messageIdHeader(message.id, run.data.domainName),
      date: message.acceptedAt,
      ...publicLinks(ctx, compiled, run.data.domainName, message),
    }),
  )
}

/** What the links of a mail are made of. */
export type LinkedMail = Pick<MessageRow, 'id' | 'account' | 'acceptedAt' | 'recipientKey'>

/** Retries get the same ones: they depend on the mail alone. */
function publicLinks(
  { publicUrl, tokens }: Context,
  { usesUnsubscribeUrl }: CompiledMail,
  senderDomain: string,
  message: LinkedMail,
) {
  if (publicUrl === null) return {}
  const links = tokens.of(message)
  if (!usesUnsubscribeUrl) return { links }
  const { account, recipientKey: recipient } = message
  return {
    links,
    unsubscribeUrl: `${publicUrl}/unsubscribe/${links.unsubscribe({ account, senderDomain, recipient })}`,
  }
}

/** What a request is composed with as long as nobody sends it: its content is tried, its tracking is not asked for yet. */
export const untracked: Switches = { opens: false, clicks: false }

/** Plain template mail shares its skeleton with every other send of that template; headers, attachments and direct content have their own. */
export async function requestMail(
  ctx: Context,
  account: string,
  request: RequestData,
  given?: Switches,
): Promise<CompiledMail> {
  const { templateVersion: id, from, subject, replyTo, headers, attachments, html, text, unsubscribe = null } = request
  const shared = id !== null && headers.length === 0 && attachments.length === 0
  const switches = given ?? (await trackingOf(ctx, account, request.domain))
  // A mail that offers to unsubscribe offers it to the reader's program, too (RFC 8058).
  const listUnsubscribe = unsubscribe !== null && ctx.publicUrl !== null
  const make = async () => {
    const version = id === null ? null : await versionOf(ctx, account, id)
    return compileMail({
      subject,
      from,
      headers,
      listUnsubscribe,
      dress: dressOf(ctx, switches, unsubscribe, version && id !== null ? { id, links: version.links } : null),
      ...(replyTo === null ? {} : { replyTo: { name: null, address: replyTo } }),
      ...(version
        ? bodyOf(version)
        : { literal: true, ...(html === null ? {} : { html }), ...(text === null ? {} : { text }) }),
      attachments: attachments.map(({ name, contentType, cid, base64 }) => ({
        name,
        contentType,
        cid,
        content: Buffer.from(base64, 'base64'),
      })),
    })
  }
  if (!shared) return make()
  return cacheOf(ctx).get(JSON.stringify(['send', id, from, subject, replyTo, switches, unsubscribe]), make)
}

/** Everybody of To and Cc is named in every copy (REG-2); Bcc in none. One Message-ID for all, so that the copies are one mail to their readers. */
export function renderRequest(
  ctx: Context,
  compiled: CompiledMail,
  request: Stored<'request'>,
  message: LinkedMail,
): Uint8Array | MailError {
  const { to, cc, values, domainName } = request.data
  const present = ({ mailbox }: { readonly mailbox: string }) => !isErased(mailbox)
  const named = ({ name, mailbox }: { readonly name: string | null; readonly mailbox: string }) => ({
    name,
    address: mailbox,
  })
  return rendered(() =>
    compiled.render({
      to: to.filter(present).map(named),
      cc: cc.filter(present).map(named),
      values: new Map(Object.entries(values)),
      messageId: messageIdHeader(request.id, domainName),
      date: message.acceptedAt,
      ...publicLinks(ctx, compiled, domainName, message),
    }),
  )
}

function rendered(render: () => Uint8Array): Uint8Array | MailError {
  try {
    return render()
  } catch (error) {
    if (isMailError(error)) return error
    throw error
  }
}
