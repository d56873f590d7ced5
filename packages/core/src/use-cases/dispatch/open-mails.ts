import type { CompiledMail } from '../../compose/index.js'
import { Fact, isFinal, stateOf } from '../../domain/delivery/index.js'
import { switchesOf } from '../../domain/tracking/index.js'
import type { Code } from '../../errors/codes.js'
import type { MailError } from '../../errors/mail-error.js'
import type { MessageRow, Work } from '../../ports/rows.js'
import { type Today, todayOf } from '../allowance.js'
import { blockSettings } from '../blocklist/block-settings.js'
import { type MailRef, mailRef } from '../chunk-work.js'
import { batchMail, renderRequest, renderRow, requestMail } from '../compose-mail.js'
import type { Context } from '../context.js'
import { find, type RequestData, type Stored } from '../stored.js'
import { trackingSettings } from '../tracking/tracking-settings.js'
import { batchMessage } from './batch-mail.js'
import { askDeferredGates, deferredRefusal } from './deferred-gates.js'
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
  /** Refused by a gate that was asked after the acceptance. */
  readonly refused: Code | null
  /** Full mailboxes are left alone (BLK-4). */
  readonly blockFull: boolean
  readonly compiled: CompiledMail
  /** As the tracking switches stand now (TRK-2). */
  recompile(): Promise<CompiledMail>
  render(compiled: CompiledMail): Uint8Array | MailError
}

/** Reads what claimed mails need, each origin once. What is settled already, or has lost what it was made of, is finished here. */
export async function openMails(engine: Engine, works: readonly Work[]): Promise<readonly OpenedMail[]> {
  const { ctx } = engine
  const origins = originsOf(ctx)
  for (const work of works) origins.ahead(work.account, mailRef(work))
  const rows = new Map((await ctx.storage.read.messages(works.map(({ key }) => key))).map((row) => [row.id, row]))
  const today = todayOf(ctx, ctx.clock.now())
  const opened = await Promise.allSettled(
    works.map((work) => openMail(ctx, work, rows.get(work.key) ?? null, origins, today)),
  )
  const failures: Promise<void>[] = []
  const readable = opened.flatMap((one, index) => {
    const work = works[index]
    if (!work) return []
    if (one.status === 'rejected') {
      // One record that cannot be read holds up no other mail.
      failures.push(engine.quarantine.failed(work, one.reason))
      return []
    }
    if (one.value) return [one.value]
    engine.flusher.add(entry({ finish: { id: work.id, token: work.token ?? '' } }))
    return []
  })
  await Promise.all(failures)
  return readable
}

/** One promise for each key. */
function once<T>(make: (account: string, id: string) => Promise<T>): (account: string, id?: string) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return (account, id = '') => {
    const key = `${id} ${account}`
    const made = known.get(key) ?? make(account, id)
    known.set(key, made)
    return made
  }
}

/** Requests, runs, tasks and switches are read once for all mails of a claim. */
function originsOf(ctx: Context) {
  const settings = once((account) => trackingSettings(ctx, account))
  const blockFull = once(async (account) => (await blockSettings(ctx, account)).fullMailboxes)
  const requestOf = once((account, id) => find(ctx, 'request', account, id))
  const runOf = once((account, id) => find(ctx, 'run', account, id))
  return {
    /** Reads what the work row names while the mails themselves are read: one wait for the storage, not one after the other. */
    ahead(account: string, { request, row }: MailRef): void {
      const reads: Promise<unknown>[] = [settings(account), blockFull(account)]
      if (request !== null) reads.push(requestOf(account, request))
      if (row) reads.push(runOf(account, row.run))
      // A failure still reaches whoever awaits the read; of mail that is settled already nobody does.
      for (const read of reads) read.catch(() => {})
    },
    blockFull,
    request: once(async (account, id) => {
      const found = await requestOf(account, id)
      const record = found && (await askDeferredGates(ctx, found))
      if (!record) return null
      const switches = switchesOf(await settings(account), record.data.domain)
      return { record, compiled: await requestMail(ctx, account, record.data, switches) }
    }),
    run: once(async (account, id) => {
      const record = await runOf(account, id)
      if (!record) return null
      const compiled = await batchMail(ctx, record, switchesOf(await settings(account), record.data.domain))
      return { record, compiled, task: await find(ctx, 'task', account, record.data.task) }
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
  const blockFull = await origins.blockFull(work.account)
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
      refused: null,
      blockFull,
      compiled,
      recompile: () => batchMail(ctx, run),
      render: (made) => renderRow(ctx, made, run, mail.message, batch.values),
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
    sender: data.from.address,
    recipientDomain: domainOfKey(row.recipientKey),
    run: '',
  }
  const trigger = data.kind === 'trigger'
  const refused = deferredRefusal(data, row.id)
  return {
    lease,
    work,
    ref: refused === null ? grantedRef(ref, data) : ref,
    mail,
    task: null,
    domainId: data.domain,
    today,
    expiresAt: data.expiresAt,
    trigger,
    refused,
    blockFull,
    compiled,
    recompile: () => requestMail(ctx, record.account, data),
    render: (made) => renderRequest(ctx, made, record, row),
  }
}

/** The allowance that the request's deferred gates have taken is this mail's, until it says otherwise itself. */
const grantedRef = (ref: MailRef, { deferred }: RequestData): MailRef =>
  ref.quotaDay === '' && deferred?.asked ? { ...ref, quotaDay: deferred.day } : ref

/** Whether the mail has been given to a server before; its allowance is used up then, and retries take none (TSK-6). */
export const wasHandedOver = ({ mail }: OpenedMail): boolean => (mail.message.facts & Fact.handedOver) !== 0
