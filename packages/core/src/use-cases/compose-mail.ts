import { type CompiledMail, compileMail } from '../compose/index.js'
import { parseTemplate, valuesFrom } from '../domain/template/index.js'
import { isMailError, MailError } from '../errors/mail-error.js'
import type { MessageRow } from '../ports/rows.js'
import type { Context } from './context.js'
import { lru } from './lru.js'
import { messageIdHeader } from './message-id.js'
import { find, type RequestData, type Stored, type TemplateVersionData } from './stored.js'

/** Variables of the winning subject and of the body count together (TPL-4); in order of first use, the subject's first. */
export function mailVariables(
  version: Pick<TemplateVersionData, 'subject' | 'variables'>,
  subject: string | null,
): readonly string[] {
  const winning = subject ?? version.subject
  return [...new Set([...(winning === null ? [] : parseTemplate(winning, 'subject').variables), ...version.variables])]
}

/** Compiled skeletons by what they are made of; versions never change, so an entry is never wrong. */
const cacheOf = lru<Context, CompiledMail>(200)

async function versionOf(ctx: Context, account: string, id: string): Promise<TemplateVersionData> {
  const version = await find(ctx, 'template-version', account, id)
  if (!version) throw new MailError('DATA_CORRUPT', { kind: 'template-version', id })
  return version.data
}

const bodyOf = ({ type, body, text }: TemplateVersionData) =>
  type === 'html' ? { html: body, ...(text === null ? {} : { text }) } : { text: body }

/** The skeleton all mails of a run are spliced into. */
export function batchMail(ctx: Context, run: Stored<'run'>): Promise<CompiledMail> {
  const { templateVersion, from, subject } = run.data
  const listUnsubscribe = ctx.publicUrl !== null
  return cacheOf(ctx).get(JSON.stringify(['batch', templateVersion, from, subject, listUnsubscribe]), async () => {
    const version = await versionOf(ctx, run.account, templateVersion)
    return compileMail({ subject: subject ?? version.subject ?? '', from, listUnsubscribe, ...bodyOf(version) })
  })
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
      ...(ctx.publicUrl === null ? {} : { unsubscribeUrl: unsubscribeUrl(ctx, ctx.publicUrl, message.id) }),
    }),
  )
}

const unsubscribeUrl = (ctx: Context, publicUrl: string, message: string): string =>
  `${publicUrl}/unsubscribe/${ctx.tokens.make('unsubscribe', message)}`

/** Plain template mail shares its skeleton with every other send of that template; headers, attachments and direct content have their own. */
export function requestMail(ctx: Context, account: string, request: RequestData): Promise<CompiledMail> {
  const { templateVersion, from, subject, replyTo, headers, attachments, html, text } = request
  const shared = templateVersion !== null && headers.length === 0 && attachments.length === 0
  const make = async () => {
    const version = templateVersion === null ? null : await versionOf(ctx, account, templateVersion)
    return compileMail({
      subject,
      from,
      headers,
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
  return shared ? cacheOf(ctx).get(JSON.stringify(['send', templateVersion, from, subject, replyTo]), make) : make()
}

/** Everybody of To and Cc is named in every copy (REG-2); Bcc in none. One Message-ID for all, so that the copies are one mail to their readers. */
export function renderRequest(
  ctx: Context,
  compiled: CompiledMail,
  request: Stored<'request'>,
  message: Pick<MessageRow, 'id' | 'acceptedAt'>,
): Uint8Array | MailError {
  const { to, cc, values, domainName } = request.data
  const named = ({ name, mailbox }: { readonly name: string | null; readonly mailbox: string }) => ({
    name,
    address: mailbox,
  })
  return rendered(() =>
    compiled.render({
      to: to.map(named),
      cc: cc.map(named),
      values: new Map(Object.entries(values)),
      messageId: messageIdHeader(request.id, domainName),
      date: message.acceptedAt,
      ...(ctx.publicUrl === null ? {} : { unsubscribeUrl: unsubscribeUrl(ctx, ctx.publicUrl, message.id) }),
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
