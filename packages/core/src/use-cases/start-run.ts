import { checkVariables } from '../domain/template/index.js'
import { isMailError, MailError } from '../errors/mail-error.js'
import type { JsonObject, Work } from '../ports/rows.js'
import { bundle, tryBundle } from './apply-bundle.js'
import { mailVariables } from './compose-mail.js'
import type { Context } from './context.js'
import { pumpRing } from './pump-ring.js'
import { find, insertRecord, type Stored, updateRecord } from './stored.js'

/** An import is over soon; the start looks again after this. */
const IMPORT_WAIT_MS = 5_000

/**
 * Fires a task: freezes the group's rows and the template's version into a run and rings the domain's pump (TSK-4). No recipient row is
 * written. A domain, sender, template or group that has become invalid fails the task with the reason.
 */
export async function startRun(ctx: Context, work: Work): Promise<void> {
  const task = await find(ctx, 'task', work.account, work.key)
  const lease = { id: work.id, token: work.token ?? '' }
  const finish = { type: 'work.finish', items: [lease] } as const
  const guard = { type: 'holder', work: work.id, token: lease.token } as const
  if (task?.state !== 'to-start') {
    await tryBundle(ctx, bundle([finish], [guard]))
    return
  }
  const now = ctx.clock.now()
  try {
    const run = await freeze(ctx, task, now)
    const started = updateRecord(task, {
      state: 'sending',
      data: { run: run.id, requests: run.data.rows, nextRun: null },
    })
    // A rival that moved the task meanwhile refuses this; the work stays leased and comes back.
    const result = await tryBundle(
      ctx,
      bundle([insertRecord(run), started, pumpRing(task.account, task.data.domain, now), finish], [guard]),
    )
    if (result.applied) ctx.ring('pump')
  } catch (error) {
    if (!isMailError(error) || error.kind === 'adapter') throw error
    if (isMailError(error, 'GROUP_NOT_READY') && error.details.state === 'importing') {
      await tryBundle(ctx, bundle([{ type: 'work.release', items: [{ ...lease, dueAt: now + IMPORT_WAIT_MS }] }]))
      return
    }
    const failed = updateRecord(task, {
      state: 'failed',
      data: { error: { code: error.code, details: error.details as JsonObject } },
    })
    await tryBundle(ctx, bundle([failed, ...releaseHolds(task), finish], [guard]))
  }
}

/** A finished task uses nothing any more (SND-4). */
export const releaseHolds = (task: Stored<'task'>) =>
  usedBy(task).map(
    ({ kind, ref }) => ({ type: 'hold', kind, account: task.account, ref, by: task.id, on: false }) as const,
  )

export const usedBy = ({ data }: Pick<Stored<'task'>, 'data'>) => [
  { kind: 'domain', ref: data.domain },
  { kind: 'group', ref: data.group },
  { kind: 'sender', ref: data.sender },
  { kind: 'template', ref: data.template },
]

async function freeze(ctx: Context, task: Stored<'task'>, now: number) {
  const { account, data } = task
  const [domain, sender, template, group] = await Promise.all([
    find(ctx, 'domain', account, data.domain),
    find(ctx, 'sender', account, data.sender),
    find(ctx, 'template', account, data.template),
    find(ctx, 'group', account, data.group),
  ])
  if (domain?.state !== 'verified') throw new MailError('DOMAIN_NOT_VERIFIED', { domain: data.domain })
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
      from: { name: sender.data.name, address: sender.data.address },
      domain: domain.id,
      domainName: domain.data.name,
      startedAt: now,
      finishedAt: null,
    },
  }
}
