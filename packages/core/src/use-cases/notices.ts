import { type CallbackEvent, keptDetail } from '../domain/callback/index.js'
import type { FollowUp } from '../ports/changes.js'
import type { Instant } from '../ports/clock.js'
import type { JsonObject } from '../ports/rows.js'
import type { CallbackPart } from './callbacks/callback-records.js'
import { callbackWork } from './callbacks/callback-work.js'
import { type Endpoint, endpointOf, endpointsLately } from './callbacks/endpoints.js'
import type { Context } from './context.js'
import type { Outgoing } from './dispatch/outgoing.js'

/** The events that callbacks tell (CBK-3). */
export type NoticeKind = CallbackEvent

/** One thing that a callback may tell, once the observation it belongs to has won. */
export interface Notice {
  readonly mail: Outgoing
  readonly kind: NoticeKind
  readonly at: Instant
  /** Stable: the same event, told again, has the same key. */
  readonly key: string
  /** What the event adds to what is known of the mail: reason, bounce type, link, user agent. */
  readonly detail: JsonObject
}

/**
 * Callback work about the items of one settle: `notices[i]` belongs to its item i. The endpoint is resolved now, when the event happens (CBK-1); there
 * is one work row for each. `flush` names the settle, so that repeating it puts nothing twice.
 */
export async function followUps(
  ctx: Context,
  flush: string,
  notices: readonly (Notice | null)[],
): Promise<readonly FollowUp[]> {
  const listening = await listeningAccounts(ctx, notices)
  if (listening.size === 0) return []
  const now = ctx.clock.now()
  const byEndpoint = new Map<string, { readonly endpoint: Endpoint; readonly parts: FollowUp['parts'][number][] }>()
  notices.forEach((notice, item) => {
    if (!notice) return
    const part = partOf(notice, now)
    const endpoint = endpointOf(ctx, listening.get(notice.mail.message.account) ?? [], part.from)
    if (!endpoint) return
    const group = byEndpoint.get(endpoint.id) ?? { endpoint, parts: [] }
    group.parts.push({ item, part: part as unknown as JsonObject })
    byEndpoint.set(endpoint.id, group)
  })
  return [...byEndpoint.values()].map(({ endpoint: { id, account }, parts }) => ({
    work: callbackWork({ key: `${id}:${flush}`, account, endpoint: id, dueAt: now, ref: {} }),
    parts,
  }))
}

/** The endpoints of those accounts that have any. */
async function listeningAccounts(
  ctx: Context,
  notices: readonly (Notice | null)[],
): Promise<ReadonlyMap<string, readonly Endpoint[]>> {
  const accounts = new Set<string>()
  for (const notice of notices) if (notice) accounts.add(notice.mail.message.account)
  const listening = new Map<string, readonly Endpoint[]>()
  for (const account of accounts) {
    const endpoints = await endpointsLately(ctx, account)
    if (endpoints.length > 0) listening.set(account, endpoints)
  }
  return listening
}

const partOf = ({ mail, kind, at, key, detail }: Notice, now: Instant): CallbackPart => ({
  key,
  event: kind,
  message: mail.message.id,
  at,
  since: now,
  from: mail.sender ?? `@${mail.domainName}`,
  detail: keptDetail(detail),
  tries: 0,
})
