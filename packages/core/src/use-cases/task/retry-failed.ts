import { Fact, stateOf } from '../../domain/delivery/index.js'
import type { Observation } from '../../ports/changes.js'
import type { MessageRow, NewWork } from '../../ports/rows.js'
import { applyBundle, bundle } from '../apply-bundle.js'
import { mailJson } from '../chunk-work.js'
import type { Context } from '../context.js'
import { cellsFor } from '../dispatch/mail-cells.js'
import { domainOfKey, eventOf } from '../dispatch/outgoing.js'
import { find, get, type Stored } from '../stored.js'

const STEP = 200

/**
 * Requeues the failed rows of a task's newest run (TSK-10): each becomes work that takes an allowance of the day it goes out. A repeated call
 * requeues nothing twice. Returns how many were requeued; rows that an import has replaced since the task ended are gone and stay failed.
 */
export async function retryFailed(ctx: Context, account: string, id: string): Promise<{ readonly requeued: number }> {
  const task = await get(ctx, 'task', account, id)
  const run = task.data.run ? await find(ctx, 'run', account, task.data.run) : null
  if (!run) return { requeued: 0 }
  let requeued = 0
  let cursor: string | undefined
  do {
    const page = await ctx.storage.read.messagesPage({
      account,
      origin: run.id,
      limit: STEP,
      ...(cursor ? { cursor } : {}),
    })
    const failed = page.items.filter((message) => stateOf(message.facts) === 'failed')
    requeued += await requeue(ctx, run, failed)
    cursor = page.next ?? undefined
  } while (cursor)
  ctx.ring('retry')
  return { requeued }
}

/** How many it could: rows of a group that was replaced since may be gone, and a rival may have been faster. */
async function requeue(ctx: Context, run: Stored<'run'>, failed: readonly MessageRow[]): Promise<number> {
  const items: Observation[] = []
  for (const message of failed) {
    const { group, generation } = run.data
    const [row] = await ctx.storage.read.recipients({
      group,
      generation,
      lane: message.lane,
      from: message.seq,
      to: message.seq + 1,
    })
    if (!row) continue
    items.push(requeued(ctx, run, message, row.values))
  }
  if (items.length === 0) return 0
  const [outcome] = await applyBundle(ctx, bundle([{ type: 'settle', shard: ctx.shard, items }]))
  return items.length - (outcome?.type === 'bulk' ? outcome.lost.length : 0)
}

function requeued(ctx: Context, run: Stored<'run'>, message: MessageRow, values: readonly string[]): Observation {
  const now = ctx.clock.now()
  const mail = {
    message,
    fresh: false,
    domainName: run.data.domainName,
    sender: run.data.from.address,
    recipientDomain: domainOfKey(message.recipientKey),
    run: run.id,
  }
  const { lane, seq, mailbox, recipientKey: key } = message
  const row = { run: run.id, domain: run.data.domain, lane, seq, mailbox, key, values, grantedAt: now }
  const work: NewWork = {
    id: ctx.ids.next('work'),
    kind: 'retry',
    key: message.id,
    account: run.account,
    parent: run.id,
    lane,
    rank: now,
    dueAt: now,
    ref: mailJson({ request: null, row, quotaDay: '', mayHaveLeft: false }),
  }
  const cells = cellsFor(mail, { now, bucket: message.bucket, dayStart: 0, counted: false }, new Map())
  return {
    message: message.id,
    insert: null,
    facts: Fact.requeued,
    attempt: message.attempt,
    at: now,
    reply: message.lastReply,
    event: eventOf(mail, {
      key: `${message.id}:requeued`,
      kind: 'requeued',
      at: now,
      sentAt: message.bucket,
      detail: { reason: message.lastReply, failedAt: message.lastAt },
    }),
    raw: null,
    cells,
    block: null,
    work,
  }
}
