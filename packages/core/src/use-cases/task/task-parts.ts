import { parseMailbox } from '../../domain/address/index.js'
import { BATCH_SUBJECT_MAX, checkSubject, checkVariables, winningSubject } from '../../domain/template/index.js'
import { MailError } from '../../errors/mail-error.js'
import { mailVariables, showsUnsubscribeLink } from '../compose-mail.js'
import type { Context } from '../context.js'
import { domainRefusal } from '../domains/may-send.js'
import { groupByNameOrId } from '../import-group/index.js'
import { find, findByKey, type Stored } from '../stored.js'
import { templateByNameOrId } from '../template-lookup.js'

export interface TaskParts {
  readonly domain: Stored<'domain'>
  readonly sender: Stored<'sender'>
  readonly template: Stored<'template'>
  readonly version: Stored<'template-version'>
  readonly group: Stored<'group'>
}

/** Everything a task stands on, checked: sender and domain, approved template, ready group, equal variables (TSK-2), a subject of at most 100 characters (TRG-2). */
export async function taskParts(
  ctx: Context,
  account: string,
  input: {
    readonly from: string
    readonly template: string
    readonly templateVersion?: string | undefined
    readonly group: string
    readonly subject?: string | undefined
  },
): Promise<TaskParts> {
  const { address } = parseMailbox(input.from, ctx.policy)
  const sender = await findByKey<'sender'>(ctx, account, `sender:${address.key}`)
  const domain = sender && (await find(ctx, 'domain', account, sender.data.domain))
  if (!sender || !domain) throw new MailError('SENDER_NOT_FOUND', { field: 'from' })
  const refusal = domainRefusal(ctx, domain)
  if (refusal) throw refusal
  const template = await templateByNameOrId(ctx, account, input.template)
  const versionId = input.templateVersion ?? template.data.approved
  const version = versionId ? await find(ctx, 'template-version', account, versionId) : null
  if (!version || version.parent !== template.id || version.data.review.state !== 'approved') {
    throw new MailError('TEMPLATE_NOT_APPROVED', { template: template.id })
  }
  const group = await groupByNameOrId(ctx, account, input.group)
  if (group.state !== 'ready') throw new MailError('GROUP_NOT_READY', { group: group.id, state: group.state })
  checkSubject(winningSubject(input.subject, version.data.subject), { max: BATCH_SUBJECT_MAX })
  checkVariables({ template: mailVariables(version.data, input.subject ?? null), given: group.data.variables ?? [] })
  // No mail of it could be composed.
  if (ctx.publicUrl === null && showsUnsubscribeLink(version.data))
    throw new MailError('PUBLIC_URL_REQUIRED', { field: 'publicUrl', neededBy: '{{unsubscribe_url}}' })
  return { domain, sender, template, version, group }
}
