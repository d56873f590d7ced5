import { isErased, tombstoneOf } from '../../domain/address/index.js'
import type { Change } from '../../ports/changes.js'
import type { Instant } from '../../ports/clock.js'
import type { JsonObject, Work } from '../../ports/rows.js'
import { applyBundle, bundle, tryBundle } from '../apply-bundle.js'
import { eraseParked } from '../callbacks/erase-parked.js'
import type { Context } from '../context.js'
import { each, find, type RequestData, type RequestRecipient, updateRecord } from '../stored.js'
import { upkeepWork } from '../upkeep/upkeep-work.js'
import { generationsOf, messagesTo, type Person, peopleEpoch } from './person.js'

/** Mail that was on its way is settled by then. */
const FIRST_LOOK_MS = 5 * 60_000
/** The last retry of a mail accepted before the call is over by then (TSK-12), and with it its work row. */
const LAST_LOOK_MS = 80 * 3_600_000

/** What a server said, which may name the address; reasons of ours are codes. */
const RAW_REPLY = /^\d/

export interface Erasure {
  /** Rows of groups, an older state of a group counted apart while a task still reads it. */
  readonly groups: number
  readonly messages: number
}

/** What upkeep knows until it has looked for the last time. */
interface LaterLook {
  readonly key: string
  readonly tombstone: string
  readonly until: Instant
  readonly erasedAt: Instant
  /** Generations that were being imported: rows may have come after the call. */
  readonly imports: readonly Importing[]
}

interface Importing {
  readonly group: string
  readonly generation: number
}

/**
 * Erases one address of an account in groups, messages, events, contents and records of lifted blocks; counts stay (GRP-8). The account's blocklist keeps the
 * address, so that nobody mails the person again. Mail not yet started is not sent (REL-5); mail in flight may still leave, and what it leaves behind is
 * erased 5 minutes and 80 hours later by upkeep work, which knows the address until then. Who comes back meanwhile stays: only what is older than this call
 * is erased then. Safe to repeat, and to be killed anywhere: the work is put first.
 */
export async function erasePerson(ctx: Context, person: Person): Promise<Erasure> {
  const now = ctx.clock.now()
  const { account, key } = person
  const name = ctx.ids.next('record')
  const tombstone = tombstoneOf(name)
  const imports: Importing[] = []
  for await (const { id: group, data } of each(ctx, 'group', { account, states: ['importing'] }))
    if (data.importing) imports.push({ group, generation: data.importing.generation })
  const ref: LaterLook = { key, tombstone, until: now + LAST_LOOK_MS, erasedAt: now, imports }
  const work = upkeepWork({
    name: 'erase',
    of: name,
    account,
    dueAt: now + FIRST_LOOK_MS,
    ref: ref as unknown as JsonObject,
  })
  await applyBundle(ctx, bundle([{ type: 'work.put', items: [work] }]))
  let groups = 0
  for await (const { group, generation } of generationsOf(ctx, person)) {
    await eraseRows(ctx, { group: group.id, generation }, key, tombstone)
    groups += 1
  }
  const messages = await eraseMail(ctx, person, tombstone)
  const epochs = [peopleEpoch(account)]
  await applyBundle(ctx, bundle([{ type: 'epoch.bump', keys: epochs }]))
  ctx.bumped(epochs)
  return { groups, messages }
}

/** Erases what has been stored since of what was on its way then; imports are over by the first time. */
export async function eraseAgain(ctx: Context, { account, attempt, ref }: Work): Promise<Instant | null> {
  const { key, tombstone, until, erasedAt, imports } = ref as unknown as LaterLook
  const again = ctx.clock.now() < until
  if (again || attempt === 1) for (const one of imports) await eraseRows(ctx, one, key, tombstone)
  await eraseMail(ctx, { account, key }, tombstone, erasedAt + 1)
  for await (const page of messagesTo(ctx, { account, key: tombstone }))
    if (page.some(({ lastReply }) => RAW_REPLY.test(lastReply)))
      await applyBundle(ctx, bundle([{ type: 'erase', account, recipientKey: tombstone, tombstone }]))
  return again ? until : null
}

const eraseRows = (ctx: Context, { group, generation }: Importing, key: string, tombstone: string) =>
  applyBundle(ctx, bundle([{ type: 'recipients.erase', group, generation, key, tombstone }]))

async function eraseMail(ctx: Context, person: Person, tombstone: string, before?: Instant): Promise<number> {
  const { account, key } = person
  // Contents are found by the messages, so they go first.
  for await (const page of messagesTo(ctx, person, before))
    for (const origin of new Set(page.filter(({ task }) => task === '').map((message) => message.origin)))
      await eraseContent(ctx, account, origin, new Set(page.map(({ id }) => id)), tombstone)
  for await (const { id, version: expect, createdAt } of each(ctx, 'lift', { account, name: key }))
    if (before === undefined || createdAt < before)
      await tryBundle(ctx, bundle([{ type: 'record.drop', kind: 'lift', account, id, expect }]))
  const own = before === undefined ? {} : { acceptedBefore: before }
  const [erased] = await applyBundle(ctx, bundle([{ type: 'erase', account, recipientKey: key, tombstone, ...own }]))
  for await (const page of messagesTo(ctx, { account, key: tombstone }))
    await eraseParked(ctx, account, new Set(page.map(({ id }) => id)))
  return erased?.type === 'counted' ? erased.count : 0
}

/** The person leaves To, Cc and Bcc; what was written to nobody else goes. */
async function eraseContent(
  ctx: Context,
  account: string,
  origin: string,
  messages: ReadonlySet<string>,
  tombstone: string,
): Promise<void> {
  for (;;) {
    const request = await find(ctx, 'request', account, origin)
    if (!request) return
    const without = (list: readonly RequestRecipient[]) =>
      list.map((one) => (messages.has(one.message) ? { ...one, name: null, mailbox: tombstone } : one))
    const { to, cc, bcc } = request.data
    const lists = { to: without(to), cc: without(cc), bcc: without(bcc) }
    const alone = [...lists.to, ...lists.cc, ...lists.bcc].every(({ mailbox }) => isErased(mailbox))
    const change: Change = updateRecord(request, { data: { ...lists, ...(alone ? noContent : {}) } })
    if ((await tryBundle(ctx, bundle([change]))).applied) return
  }
}

const noContent: Partial<RequestData> = {
  subject: '(erased)',
  html: null,
  text: '(erased)',
  values: {},
  headers: [],
  attachments: [],
}
