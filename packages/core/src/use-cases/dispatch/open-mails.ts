import type { CompiledMail } from '../../compose/index.js'
import { Fact, isFinal, stateOf } from '../../domain/delivery/index.js'
import type { MailError } from '../../errors/mail-error.js'
import type { MessageRow, Work } from '../../ports/rows.js'
import { type Today, todayOf } from '../allowance.js'
import { type MailRef, mailRef } from '../chunk-work.js'
import { batchMail, renderRequest, renderRow, requestMail } from '../compose-mail.js'
import type { Context } from '../context.js'
import { find, type Stored } from '../stored.js'
import { batchMessage } from './batch-mail.js'
import type { Engine } from './engine.js'
import { entry } from './flusher.js'
import { domainOfKey, type Outgoing } from './outgoing.js'

/** One leased mail with everything its attempt needs. */
export interface OpenedMail {
  readonly lease: { readonly id: string; readonly token: string }
  readonly work: Work
  readonly ref: MailRef
  readonly mail: Outgoing
  readonly task: Stored<'task'> | null
  readonly domainId: string
  readonly today: Today
  readonly expiresAt: number
  readonly trigger: boolean
  render(): Uint8Array | MailError
}

/** Reads what claimed mails need, each origin once. What is settled already, or has lost what it was made of, is finished here. */
export async function openMails(engine: Engine, works: readonly Work[]): Promise<readonly OpenedMail[]> {
  const { ctx } = engine
  const rows = new Map((await ctx.storage.read.messages(works.map(({ key }) => key))).map((row) => [row.id, row]))
  const origins = originsOf(ctx)
  const today = todayOf(ctx, ctx.clock.now())
  const opened = await Promise.allSettled(
    works.map((work) => openMail(ctx, work, rows.get(work.key) ?? null, origins, today)),
  )
  return opened.flatMap((one, index) => {
    const work = works[index]
    if (!work) return []
    if (one.status === 'rejected') {
      // One record that cannot be read holds up no other mail; its lease runs out and it is looked at again.
      ctx.logger.log('error', 'mail-unreadable', { work: work.id, error: String(one.reason) })
      return []
    }
    if (one.value) return [one.value]
    engine.flusher.add(entry({ finish: { id: work.id, token: work.token ?? '' } }))
    return []
  })
}

/** Requests, runs and tasks are read once for all mails of a claim. */
function originsOf(ctx: Context) {
  const requests = new Map<string, Promise<{ record: Stored<'request'>; compiled: CompiledMail } | null>>()
  const runs = new Map<
    string,
    Promise<{ record: Stored<'run'>; compiled: CompiledMail; task: Stored<'task'> | null } | null>
  >()
  const once = <T>(memo: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> => {
    const known = memo.get(key) ?? make()
    memo.set(key, known)
    return known
  }
  return {
    request: (account: string, id: string) =>
      once(requests, id, async () => {
        const record = await find(ctx, 'request', account, id)
        return record && { record, compiled: await requestMail(ctx, account, record.data) }
      }),
    run: (account: string, id: string) =>
      once(runs, id, async () => {
        const record = await find(ctx, 'run', account, id)
        return (
          record && {
            record,
            compiled: await batchMail(ctx, record),
            task: await find(ctx, 'task', account, record.data.task),
          }
        )
      }),
  }
}

/** null: the mail is settled already, or what it was made of is gone. */
async function openMail(
  ctx: Context,
  work: Work,
  row: MessageRow | null,
  origins: ReturnType<typeof originsOf>,
  today: Today,
): Promise<OpenedMail | null> {
  if (row && isFinal(stateOf(row.facts))) return null
  const ref = mailRef(work)
  const lease = { id: work.id, token: work.token ?? '' }
  if (ref.row) {
    const { row: batch } = ref
    const origin = await origins.run(work.account, batch.run)
    if (!origin) return null
    const { record: run, compiled, task } = origin
    const prospective = batchMessage(run, batch, { id: work.key, recipient: batch })
    const mail = { ...prospective, message: row ?? prospective.message, fresh: row === null }
    const expiresAt = batch.grantedAt + ctx.policy.validForSeconds * 1_000
    return {
      lease,
      work,
      ref,
      mail,
      task,
      domainId: run.data.domain,
      today,
      expiresAt,
      trigger: false,
      render: () => renderRow(ctx, compiled, run, mail.message, batch.values),
    }
  }
  const origin = row && (await origins.request(work.account, row.origin))
  if (!row || !origin) return null
  const { record, compiled } = origin
  const { data } = record
  const mail: Outgoing = {
    message: row,
    fresh: false,
    domainName: data.domainName,
    recipientDomain: domainOfKey(row.recipientKey),
    run: '',
  }
  const trigger = data.kind === 'trigger'
  return {
    lease,
    work,
    ref,
    mail,
    task: null,
    domainId: data.domain,
    today,
    expiresAt: data.expiresAt,
    trigger,
    render: () => renderRequest(ctx, compiled, record, row),
  }
}

/** Whether the mail has been given to a server before; its allowance is used up then, and retries take none (TSK-6). */
export const wasHandedOver = ({ mail }: OpenedMail): boolean => (mail.message.facts & Fact.handedOver) !== 0
