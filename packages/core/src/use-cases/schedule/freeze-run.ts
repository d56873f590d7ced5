import { checkVariables } from '../../domain/template/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'
import { mailVariables } from '../compose-mail.js'
import type { Context } from '../context.js'
import { domainRefusal } from '../domains/may-send.js'
import { find, type Stored } from '../stored.js'

/**
 * The run a task would start now: it freezes the group's rows and the template's version; no recipient row is written (TSK-4).
 * @throws why it cannot start: the domain, sender, template or group has become invalid, or the variables differ (TSK-2).
 */
export async function freezeRun(ctx: Context, task: Stored<'task'>, now: Instant) {
  const { account, data } = task
  const [domain, sender, template, group] = await Promise.all([
    find(ctx, 'domain', account, data.domain),
    find(ctx, 'sender', account, data.sender),
    find(ctx, 'template', account, data.template),
    find(ctx, 'group', account, data.group),
  ])
  if (!domain) throw new MailError('DOMAIN_NOT_VERIFIED', { domain: data.domain })
  const refusal = domainRefusal(ctx, domain)
  if (refusal) throw refusal
  if (!sender) throw new MailError('SENDER_NOT_FOUND', { sender: data.sender })
  const versionId = data.templateVersion ?? template?.data.approved
  const version = versionId ? await find(ctx, 'template-version', account, versionId) : null
  if (version?.data.review.state !== 'approved')
    throw new MailError('TEMPLATE_NOT_APPROVED', { template: data.template })
  if (group?.state !== 'ready')
    throw new MailError('GROUP_NOT_READY', { group: data.group, state: group?.state ?? 'absent' })
  const variables = group.data.variables ?? []
  checkVariables({ template: mailVariables(version.data, data.subject), given: variables })
  return {
    kind: 'run' as const,
    account,
    id: ctx.ids.next('record'),
    parent: domain.id,
    name: task.id,
    state: 'open' as const,
    createdAt: now,
    data: {
      task: task.id,
      group: group.id,
      generation: group.data.generation,
      variables,
      lanes: Object.fromEntries(Object.entries(group.data.lanes).map(([lane, total]) => [lane, { total, granted: 0 }])),
      rows: group.data.rows,
      template: data.template,
      templateVersion: version.id,
      subject: data.subject,
      unsubscribe: data.unsubscribe,
      from: { name: sender.data.name, address: sender.data.address },
      domain: domain.id,
      domainName: domain.data.name,
      startedAt: now,
      finishedAt: null,
    },
  }
}
