import { type Clock, MailError, type Storage, type StorageCapabilities, type StorageReads } from '@mailwright/core'
import { applyVerb } from './apply/index.js'
import { claimVerb } from './claim.js'
import type { SqlClient } from './client.js'
import { run } from './errors.js'
import { checkMigrations, runMigrations } from './migrate.js'
import { blockReads } from './reads/blocks.js'
import { counterReads } from './reads/counters.js'
import { eventReads } from './reads/events.js'
import { messageReads } from './reads/messages.js'
import { recipientReads } from './reads/recipients.js'
import { recordReads } from './reads/records.js'
import { workReads } from './reads/work.js'
import { createRipeness } from './ripeness.js'
import { quotedSchema } from './schema.js'

export interface SqlStorageOptions {
  /** Where the tables are. Two services with different schemas share nothing. Default `mailwright`. */
  readonly schema?: string
  /** What `migrate()` does: bring the schema up to date, or only look (throws MIGRATIONS_PENDING). Default `auto`. */
  readonly migrate?: 'auto' | 'check'
  /**
   * How long a call waits for another with the same idempotency key, whose transaction is open, before it rejects with IDEMPOTENCY_IN_PROGRESS. Default
   * 5,000 milliseconds.
   */
  readonly keyWaitMs?: number
  /** What `time()` answers, for tests and demonstrations. Left out: the database's clock. */
  readonly clock?: Clock
}

const KEY_WAIT_MS = 5_000

export interface SqlStorageParts {
  readonly name: string
  readonly capabilities: StorageCapabilities
  readonly client: SqlClient
  readonly options: SqlStorageOptions
}

type Verbs = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>

/** One adapter for every client that speaks SQL to Postgres 14 or newer. */
export const sqlStorage = ({ name, capabilities, client, options }: SqlStorageParts): Storage => {
  const schema = options.schema ?? 'mailwright'
  const s = quotedSchema(schema)
  const ripeness = createRipeness()
  let closed = false

  const guarded = <A extends readonly unknown[], R>(operation: string, verb: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      if (closed) throw new MailError('STORAGE_UNAVAILABLE', { adapter: name, operation, state: 'closed' })
      return run(operation, () => verb(...args))
    }
  }
  const guardedAll = <V extends Verbs>(verbs: V): V =>
    Object.fromEntries(Object.entries(verbs).map(([verb, ask]) => [verb, guarded(`read.${verb}`, ask)])) as V

  const time = async (): Promise<number> => {
    if (options.clock !== undefined) return options.clock.now()
    const [row] = await client.query<{ now: number }>(
      'select floor(extract(epoch from clock_timestamp()) * 1000)::int8 as now',
    )
    if (row === undefined) throw new Error('no row')
    ripeness.learn(row.now)
    return row.now
  }

  const read: StorageReads = guardedAll({
    ...recordReads(client, s),
    ...recipientReads(client, s),
    ...blockReads(client, s),
    ...counterReads(client, s),
    ...messageReads(client, s),
    ...eventReads(client, s),
    ...workReads(client, s),
  })
  const apply = applyVerb(
    client,
    s,
    ripeness,
    capabilities.callerTransaction ? (options.keyWaitMs ?? KEY_WAIT_MS) : null,
  )

  return {
    name,
    capabilities,
    migrate: guarded('migrate', () =>
      options.migrate === 'check' ? checkMigrations(client, schema) : runMigrations(client, schema),
    ),
    time: guarded('time', time),
    apply: guarded('apply', (bundles, applyOptions) => apply(bundles, applyOptions?.tx)),
    claim: guarded('claim', claimVerb(client, s, ripeness)),
    read,
    close: async () => {
      if (closed) return
      closed = true
      await run('close', client.close)
    },
  }
}
