import type { CallbackClient } from '../ports/callback-client.js'
import type { Clock } from '../ports/clock.js'
import type { Dns } from '../ports/dns.js'
import type { Ids } from '../ports/ids.js'
import type { Limiter } from '../ports/limiter.js'
import type { Logger } from '../ports/logger.js'
import type { Storage } from '../ports/storage.js'
import type { Transport } from '../ports/transport.js'
import type { Inventory } from './dedicated-ips/inventory.js'
import type { ServiceEvent } from './mail-event.js'
import type { Policy } from './policy.js'
import type { DamagedRows } from './quarantine/damaged-rows.js'
import type { ReturnPaths } from './return-paths.js'
import type { SecretBox } from './secret-box.js'
import type { Reviewer } from './templates/reviewer.js'
import type { Tokens } from './tokens.js'

/** The operator's side of the DNS checklist (DOM-10). */
export interface DnsPolicy {
  readonly spf: readonly string[]
  readonly bounceMx?: string | undefined
  readonly dkim: 'ours' | 'transport'
}

/** What every use case works with: the ports, the policy, and two ways to be heard. */
export interface Context {
  readonly storage: Storage
  readonly transport: Transport
  readonly clock: Clock
  readonly ids: Ids
  readonly limiter: Limiter | null
  readonly resolver: Dns
  readonly callbackClient: CallbackClient
  readonly logger: Logger
  /** What could not be read. */
  readonly damaged: DamagedRows
  readonly policy: Policy
  readonly dns: DnsPolicy
  readonly secrets: SecretBox
  readonly tokens: Tokens
  readonly returnPaths: ReturnPaths
  /** null: templates are approved at once (TPL-7). */
  readonly reviewer: Reviewer | null
  /** Base of public links, without a trailing slash; null: no links are made. */
  readonly publicUrl: string | null
  /** Addresses that accounts may get for themselves (DIP-1). */
  readonly inventory: Inventory
  /** Nothing leaves: domains are trusted, mail stays in the inbox (HOST-3). */
  readonly dev: boolean
  /** Which of the 16 tally shards this process writes to. */
  readonly shard: number
  /** Says that work of a kind may be due; losing it costs delay only. */
  ring(kind: WorkKind): void
  /** Mail of this process that is not yet started looks again before it goes (REL-5); others learn by the epochs. */
  bumped(keys: readonly string[]): void
  /** Tells listeners in this process, after the fact is stored. */
  emit(event: ServiceEvent): void
  /** Calls whenever this process has stored something or rung for work. Returns the way to stop hearing. */
  hear(call: () => void): () => void
  /** Aborted when the service stops. */
  readonly stopped: AbortSignal
  /** Calls back after real time has passed; for batching results, never for a decision. Returns the way to call it off. */
  after(ms: number, call: () => void): () => void
  /** Lets everything else that is ready have its turn, so that a batch on fast adapters starves nobody. */
  breathe(): Promise<void>
  /** Uniform in [0, 1), for jitter. */
  random(): number
}

/**
 * The kinds of work, one table for all:
 * `send` one trigger or regular mail, `retry` a later attempt of any mail, `chunk` up to 500 rows of a run,
 * `postponed` a first attempt put off for its provider, `straggler` a mail whose answer is overdue, `start` the firing of a task, `pump` level and allowance of one domain,
 * `callback` events to be told to one endpoint, `track` an open or click to be judged and recorded, `upkeep` a chore of its own (see upkeep/chores.ts).
 */
export type WorkKind =
  | 'send'
  | 'retry'
  | 'postponed'
  | 'straggler'
  | 'chunk'
  | 'start'
  | 'pump'
  | 'callback'
  | 'track'
  | 'upkeep'
