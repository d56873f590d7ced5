import type { Verb } from '../domain/access/index.js'
import type { KeptState, Scenario } from '../domain/dedicated-ip/index.js'
import type { DkimKey, KeyStanding } from '../domain/dkim-key/index.js'
import type { DnsRow, DomainHealth, DomainState } from '../domain/sender-domain/index.js'
import type { Tags } from '../domain/tags/index.js'
import type { PauseReason, Schedule, SkippedOccurrences, TaskState } from '../domain/task/index.js'
import type { Review, ReviewState } from '../domain/template/index.js'
import type { TrackingSettings, UnsubscribeLanguage } from '../domain/tracking/index.js'
import type { WarmUp } from '../domain/warm-up/index.js'
import { MailError } from '../errors/mail-error.js'
import type { Change, CountItem, UniqueKey } from '../ports/changes.js'
import type { Instant } from '../ports/clock.js'
import type { JsonObject, StoredRecord } from '../ports/rows.js'
import type { ApiKeyData } from './api-keys/api-key-records.js'
import type { AuditData } from './audit/audit-records.js'
import type { CallbackAttemptsData, CallbackData, ParkedCallbacksData } from './callbacks/callback-records.js'
import type { Context } from './context.js'
import type { DedicatedIpData, IpServiceData, LedgerEntryData, PoolIpData } from './dedicated-ips/ip-records.js'
import type { ParkedWorkData } from './quarantine/parked-work.js'
import type { RetentionData } from './retention/retain.js'

/** A DKIM key as stored: the private half sealed under the service secret (DOM-8). */
export interface StoredDkimKey extends DkimKey, KeyStanding {
  /** '' once it is retired. */
  readonly sealed: string
}

export interface DomainData {
  readonly name: string
  readonly unicode: string
  readonly registrable: string
  readonly trust: 'dns' | 'operator'
  readonly keys: readonly StoredDkimKey[]
  readonly rows: readonly DnsRow[]
  readonly checkedAt: Instant | null
  readonly verifiedAt: Instant | null
  /** null until it is verified, and for one that the operator trusts: DNS says nothing about it. */
  readonly health: DomainHealth | null
  readonly warning: JsonObject | null
  /** What its mail is for; null: not said (DIP-4). */
  readonly scenario: Scenario | null
  readonly tags: Tags
}

export interface SenderData {
  readonly address: string
  readonly name: string | null
  readonly domain: string
}

export interface TemplateData {
  readonly name: string
  readonly type: 'html' | 'text'
  /** Newest version, and the newest approved one. */
  readonly latest: string
  readonly approved: string | null
  readonly versions: number
}

export interface TemplateVersionData {
  readonly number: number
  readonly type: 'html' | 'text'
  readonly subject: string | null
  readonly body: string
  /** A text part given beside an HTML body; null: one is made (TPL-6). */
  readonly text: string | null
  readonly variables: readonly string[]
  /** The links that tokens of clicks count in; kept, so that a number means the same link for as long as its token lives (TRK-1). */
  readonly links: readonly string[]
  readonly review: Review
}

export interface GroupData {
  readonly name: string
  readonly description: string
  readonly variables: readonly string[] | null
  readonly generation: number
  /** Visible rows of each lane. */
  readonly lanes: Readonly<Record<string, number>>
  readonly rows: number
  /** Generations that went before and may still be read by running tasks. */
  readonly retired: readonly number[]
  readonly importing: { readonly id: string; readonly generation: number; readonly until: Instant } | null
}

export interface TaskData {
  readonly name: string | null
  readonly schedule: Schedule
  readonly domain: string
  readonly sender: string
  readonly template: string
  /** null: the newest approved one at each start (TPL-7). */
  readonly templateVersion: string | null
  readonly group: string
  readonly subject: string | null
  /** The language of the visible unsubscribe link; null: none (TRG-4). */
  readonly unsubscribe: UnsubscribeLanguage | null
  readonly requests: number
  /** The newest run. */
  readonly run: string | null
  /** The run that is not finished yet; further occurrences wait for its end (TSK-5). */
  readonly openRun: string | null
  /** Occurrences that wait for their turn, as records of the kind `occurrence`. */
  readonly waiting: number
  /** The first occurrence nobody has decided on; null: there is none any more. */
  readonly nextRun: Instant | null
  readonly pause: { readonly reason: PauseReason; readonly until: Instant | null } | null
  readonly error: { readonly code: string; readonly details: JsonObject } | null
  readonly scenario: Scenario
  readonly tags: Tags
}

/** What became of one occurrence of a task, or of several in a row that were skipped. Its createdAt is the occurrence itself. */
export interface OccurrenceData {
  readonly run: string | null
  readonly error: TaskData['error']
  readonly skipped: { readonly through: Instant; readonly count: number; readonly reason: SkipReason } | null
}

/** `ended`: the task was over before its turn came. */
export type SkipReason = SkippedOccurrences['reason'] | 'ended'

/** A run freezes everything its mails are made of (TSK-4); only `granted` moves. */
export interface RunData {
  readonly task: string
  readonly group: string
  readonly generation: number
  readonly variables: readonly string[]
  readonly lanes: Readonly<Record<string, { readonly total: number; readonly granted: number }>>
  readonly rows: number
  readonly template: string
  readonly templateVersion: string
  readonly subject: string | null
  readonly unsubscribe: UnsubscribeLanguage | null
  readonly from: { readonly name: string | null; readonly address: string }
  readonly domain: string
  readonly domainName: string
  readonly startedAt: Instant
  readonly finishedAt: Instant | null
}

/** The content of one `send` or `sendRegular`, shared by its messages. */
export interface RequestData {
  readonly kind: 'trigger' | 'regular'
  readonly domain: string
  readonly domainName: string
  readonly from: { readonly name: string | null; readonly address: string }
  readonly to: readonly RequestRecipient[]
  readonly cc: readonly RequestRecipient[]
  readonly bcc: readonly RequestRecipient[]
  readonly replyTo: string | null
  readonly headers: readonly (readonly [string, string])[]
  readonly subject: string
  readonly templateVersion: string | null
  readonly unsubscribe: UnsubscribeLanguage | null
  readonly html: string | null
  readonly text: string | null
  readonly values: Readonly<Record<string, string>>
  readonly attachments: readonly StoredAttachment[]
  readonly expiresAt: Instant
  /** Of a send within the caller's transaction: the gates that count, which are asked later. null: asked at acceptance. */
  readonly deferred: DeferredGates | null
}

export type DeferredGates =
  /** With whom other gates turned down at the acceptance, still to be counted. */
  | { readonly asked: false; readonly turnedDown: readonly CountItem[] }
  | { readonly asked: true; readonly day: string; readonly refused: readonly DeferredRefusal[] }

/** A recipient whom a gate has refused after the acceptance. */
export interface DeferredRefusal {
  readonly message: string
  readonly code: 'DOMAIN_NOT_VERIFIED' | 'FREQUENCY_LIMIT' | 'DOMAIN_BLOCKED_TODAY' | 'DAILY_LIMIT'
}

export interface RequestRecipient {
  readonly message: string
  readonly name: string | null
  readonly mailbox: string
}

export interface StoredAttachment {
  readonly name: string
  readonly contentType: string
  readonly cid: string | null
  readonly base64: string
}

/** The account's switches of the blocklist (BLK-4). */
export interface BlockSettingsData {
  readonly fullMailboxes: boolean
}

/** A reject block that was lifted, and why (BLK-3). */
export interface LiftData {
  readonly address: string
  readonly senderDomain: string
  readonly reason: string
  /** Why it had been blocked. */
  readonly blockedFor: string
  readonly blockedAt: Instant
}

interface DataByKind {
  readonly 'block-settings': BlockSettingsData
  readonly lift: LiftData
  readonly domain: DomainData
  readonly 'warm-up': WarmUp
  readonly sender: SenderData
  readonly template: TemplateData
  readonly 'template-version': TemplateVersionData
  readonly group: GroupData
  readonly task: TaskData
  readonly occurrence: OccurrenceData
  readonly run: RunData
  readonly request: RequestData
  readonly callback: CallbackData
  readonly 'callback-attempts': CallbackAttemptsData
  readonly 'parked-callbacks': ParkedCallbacksData
  readonly 'parked-work': ParkedWorkData
  readonly retention: RetentionData
  readonly ip: PoolIpData
  readonly 'dedicated-ip': DedicatedIpData
  readonly 'ip-service': IpServiceData
  readonly 'ledger-entry': LedgerEntryData
  readonly 'tracking-settings': TrackingSettings
  readonly 'api-key': ApiKeyData
  readonly audit: AuditData
}
export type RecordKind = keyof DataByKind

interface StateByKind {
  readonly domain: DomainState
  readonly group: 'empty' | 'importing' | 'ready'
  readonly task: TaskState
  readonly occurrence: 'waiting' | 'fired' | 'skipped' | 'failed'
  readonly run: 'open' | 'done' | 'cancelled'
  /** Of its newest version. */
  readonly template: ReviewState
  readonly 'template-version': ReviewState
  readonly callback: 'active' | 'gone'
  readonly ip: KeptState
  readonly 'dedicated-ip': 'active' | 'ended' | 'settled'
  readonly 'ip-service': 'open' | 'closed'
  /** What was called. */
  readonly audit: Verb
}
type StateOf<K extends RecordKind> = K extends keyof StateByKind ? StateByKind[K] : string

/** A record of a known kind. */
export interface Stored<K extends RecordKind> extends Omit<StoredRecord, 'kind' | 'data' | 'state'> {
  readonly kind: K
  readonly state: StateOf<K>
  readonly data: DataByKind[K]
}

/** The one place where stored data gets its type: only this package writes these kinds. */
export const typed = <K extends RecordKind>(record: StoredRecord): Stored<K> => record as unknown as Stored<K>

export async function find<K extends RecordKind>(
  ctx: Pick<Context, 'storage'>,
  kind: K,
  account: string,
  id: string,
): Promise<Stored<K> | null> {
  const record = await ctx.storage.read.record({ kind, account, id })
  return record && typed<K>(record)
}

/** @throws NOT_FOUND, also for a record of another account (ACC-2). */
export async function get<K extends RecordKind>(
  ctx: Pick<Context, 'storage'>,
  kind: K,
  account: string,
  id: string,
): Promise<Stored<K>> {
  const record = await find(ctx, kind, account, id)
  if (!record) throw new MailError('NOT_FOUND', { kind, id })
  return record
}

export async function findByKey<K extends RecordKind>(
  ctx: Pick<Context, 'storage'>,
  scope: string,
  key: string,
): Promise<Stored<K> | null> {
  const record = await ctx.storage.read.recordByKey({ scope, key })
  return record && typed<K>(record)
}

/** All records of a filter, page by page. */
export async function* each<K extends RecordKind>(
  ctx: Pick<Context, 'storage'>,
  kind: K,
  filter: {
    readonly account?: string
    readonly parent?: string
    readonly name?: string
    readonly states?: readonly StateOf<K>[]
  },
): AsyncGenerator<Stored<K>> {
  let cursor: string | undefined
  do {
    const page = await ctx.storage.read.records({
      ...filter,
      kind,
      order: 'oldest',
      limit: 100,
      ...(cursor ? { cursor } : {}),
    })
    for (const record of page.items) yield typed<K>(record)
    cursor = page.next ?? undefined
  } while (cursor)
}

type NewRecord<K extends RecordKind> = Pick<Stored<K>, 'kind' | 'account' | 'id' | 'createdAt' | 'data'> &
  Partial<Pick<Stored<K>, 'parent' | 'name' | 'state'>> & { readonly keys?: readonly UniqueKey[] }

export function insertRecord<K extends RecordKind>(record: NewRecord<K>): Change {
  const { keys = [], parent = '', name = '', state = '', data, ...rest } = record
  return {
    type: 'record.put',
    record: { ...rest, parent, name, state, data: data as unknown as JsonObject },
    expect: 'absent',
    keys,
  }
}

/** Replaces what was read, if nobody else has since; keys stay as they are unless given. */
export function updateRecord<K extends RecordKind>(
  read: Stored<K>,
  patch: {
    readonly state?: StateOf<K>
    readonly name?: string
    readonly data?: Partial<DataByKind[K]>
    readonly keys?: readonly UniqueKey[]
  },
): Change {
  const { version, ...record } = read
  const data = { ...read.data, ...patch.data } as unknown as JsonObject
  const next = { ...record, data, state: patch.state ?? read.state, name: patch.name ?? read.name }
  return { type: 'record.put', record: next, expect: version, ...(patch.keys ? { keys: patch.keys } : {}) }
}
