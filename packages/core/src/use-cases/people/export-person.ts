import { type MessageState, stateOf } from '../../domain/delivery/index.js'
import { lookupKeys } from '../../domain/suppression/index.js'
import type { Instant } from '../../ports/clock.js'
import type { BlockRow, JsonObject, MessageRow } from '../../ports/rows.js'
import type { Context } from '../context.js'
import { groupRows } from '../group-rows.js'
import { each, find } from '../stored.js'
import { generationsOf, messagesTo, type Person } from './person.js'

/** Everything an account keeps of one address (GRP-8). */
export interface PersonExport {
  readonly address: string
  readonly groups: readonly { readonly group: string; readonly values: Readonly<Record<string, string>> }[]
  readonly messages: readonly PersonMessage[]
  /** The account's own entries that keep mail from the address. */
  readonly blocklist: readonly Pick<BlockRow, 'kind' | 'scope' | 'reason' | 'startsAt' | 'endsAt' | 'createdAt'>[]
  /** Reject blocks that were lifted, and why (BLK-3). */
  readonly lifts: readonly { readonly senderDomain: string; readonly reason: string; readonly at: Instant }[]
}

export interface PersonMessage {
  readonly id: string
  readonly mailbox: string
  readonly state: MessageState
  readonly acceptedAt: Instant
  readonly lastReply: string
  /** As long as the content is kept (DLV-4). */
  readonly subject: string | null
  readonly values: Readonly<Record<string, string>>
  readonly events: readonly { readonly at: Instant; readonly kind: string; readonly detail: JsonObject }[]
}

/** Reads in pages; what changes meanwhile may or may not be in it. */
export async function exportPerson(ctx: Context, person: Person): Promise<PersonExport> {
  const messages: PersonMessage[] = []
  for await (const page of messagesTo(ctx, person))
    for (const message of page) messages.push(await messageOf(ctx, message))
  const lifts: PersonExport['lifts'][number][] = []
  for await (const { data, createdAt: at } of each(ctx, 'lift', { account: person.account, name: person.key }))
    lifts.push({ senderDomain: data.senderDomain, reason: data.reason, at })
  const blocks = await ctx.storage.read.blocks([...lookupKeys(person.key)])
  return {
    address: person.key,
    groups: await groupsOf(ctx, person),
    messages,
    blocklist: blocks
      .filter(({ account, key }) => account === person.account && key === person.key)
      .map(({ kind, scope, reason, startsAt, endsAt, createdAt }) => ({
        kind,
        scope,
        reason,
        startsAt,
        endsAt,
        createdAt,
      })),
    lifts,
  }
}

async function groupsOf(ctx: Context, person: Person): Promise<PersonExport['groups']> {
  const found: { group: string; values: Readonly<Record<string, string>> }[] = []
  for await (const { group, generation } of generationsOf(ctx, person)) {
    if (generation !== group.data.generation) continue
    const names = group.data.variables ?? []
    for await (const rows of groupRows(ctx, group.id, group.data))
      for (const row of rows)
        if (row.key === person.key) {
          const values = Object.fromEntries(names.map((name, index) => [name, row.values[index] ?? '']))
          found.push({ group: group.data.name, values })
        }
  }
  return found
}

async function messageOf(ctx: Context, message: MessageRow): Promise<PersonMessage> {
  const { id, mailbox, acceptedAt, lastReply, account, origin, task, facts } = message
  const request = task ? null : await find(ctx, 'request', account, origin)
  const events = await ctx.storage.read.events(id)
  return {
    id,
    mailbox,
    state: stateOf(facts),
    acceptedAt,
    lastReply,
    subject: request?.data.subject ?? null,
    values: request?.data.values ?? {},
    events: events.map(({ at, kind, detail }) => ({ at, kind, detail })),
  }
}
