import type { z } from 'zod'
import {
  checkGroupSize,
  GROUP_LIMITS,
  type ImportReport,
  importReport,
  judgeRow,
  type ReportBuilder,
  type RowVerdict,
  sameVariables,
} from '../../domain/recipient-group/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { RecipientRow } from '../../ports/rows.js'
import { bodyHash } from '../body-hash.js'
import type { Context } from '../context.js'
import { isUsed, keyOf, type Once, underKey } from '../idempotent.js'
import { dropRetired } from './drop-retired.js'
import type { importOptionsSchema } from './group-input.js'
import { hashedFile } from './hashed-file.js'
import { type CsvChunk, readCsv } from './read-csv.js'
import { beginStaging, type Staging } from './staging.js'
import type { CsvInput } from './text-pieces.js'

/** Chunks that the storage is writing: more than one, so that none waits for the commit of the one before. */
const APPENDS_AT_ONCE = 4

/** What the rows read so far have come to. */
interface Progress {
  readonly report: ReportBuilder
  /** Keys of the file's rows, so that the first of several wins. */
  readonly seen: Set<string>
  readonly lanes: Map<string, number>
  added: number
  variables: readonly string[] | null
}

/**
 * Imports a recipient file, chunk by chunk as it comes (GRP-2 to GRP-6). Nothing is visible until the end, when one guarded change publishes it
 * all; an error in the file leaves the group as it was (GRP-4). Running tasks keep the rows they began with. Under an idempotency key the same file
 * is imported once (ACC-4).
 * @throws GROUP_NOT_READY, VARIABLES_MISMATCH (GRP-5), CSV_TOO_MANY_ROWS and what `readCsv` throws.
 */
export async function importCsv(
  ctx: Context,
  account: string,
  group: string,
  source: CsvInput,
  { mode, idempotencyKey }: z.output<typeof importOptionsSchema>,
): Promise<ImportReport> {
  const keyed = keyOf('groups.importCsv', account, idempotencyKey)
  if (!keyed) return importOnce(ctx, account, group, source, mode, () => [])
  const file = hashedFile(source)
  const body = {
    hash: () => bodyHash({ group, mode, file: file.digest() }),
    readToEnd: () => file.drain(ctx.policy.csvBytes),
  }
  return underKey<ImportReport>(ctx, keyed, body, async (once) => {
    // A repetition does not even begin: what it may answer, its content decides.
    if (await isUsed(ctx, keyed)) throw new MailError('IDEMPOTENCY_CONFLICT', {})
    return importOnce(ctx, account, group, file.pieces, mode, once)
  })
}

async function importOnce(
  ctx: Context,
  account: string,
  group: string,
  source: CsvInput,
  mode: 'append' | 'replace',
  once: Once<ImportReport>,
): Promise<ImportReport> {
  const staging = await beginStaging(ctx, account, group, mode)
  try {
    return await stageAndPublish(ctx, staging, source, once)
  } catch (error) {
    // If this fails too, the import counts as dead in 10 minutes and the next one clears up.
    await staging.abandon().catch((cause: unknown) => {
      ctx.logger.log('error', 'import-not-taken-back', { group, error: cause })
    })
    throw error
  } finally {
    await dropRetired(ctx, account, group)
  }
}

async function stageAndPublish(
  ctx: Context,
  staging: Staging,
  source: CsvInput,
  once: Once<ImportReport>,
): Promise<ImportReport> {
  const { rowsPerFile, csvBytes: fileBytes } = ctx.policy
  const progress: Progress = {
    report: importReport(),
    seen: new Set(),
    lanes: new Map(Object.entries(staging.lanes)),
    added: 0,
    variables: present(staging) > 0 ? staging.group.data.variables : null,
  }
  // While a chunk is read, the storage takes those before the last and says which of the last one it has.
  const appends: Promise<void>[] = []
  let last: JudgedChunk | null = null
  const append = async (chunk: JudgedChunk) => {
    const rows = await newRows(ctx, staging, chunk, progress)
    if (appends.length === APPENDS_AT_ONCE) await appends.shift()
    const appending = staging.append(rows)
    appending.catch(() => {})
    appends.push(appending)
  }
  try {
    for await (const chunk of readCsv(source, { ...GROUP_LIMITS, rowsPerFile, fileBytes })) {
      const judged = judgedChunk(ctx, staging, chunk, progress)
      if (last) await append(last)
      last = judged
    }
    if (last) await append(last)
  } finally {
    // Nothing of it may come after what takes it back.
    await Promise.allSettled(appends)
  }
  await Promise.all(appends)
  const { generation, retired } = staging.group.data
  const rows = present(staging) + progress.added
  const data = {
    variables: rows > 0 ? progress.variables : null,
    lanes: Object.fromEntries(progress.lanes),
    rows,
    retired: staging.generation === generation ? retired : [...retired, generation],
  }
  const answer = progress.report.report()
  await staging.publish(data, once(answer))
  return answer
}

/** Visible rows that stay beside the file's. */
const present = ({ lanes }: Staging): number => Object.values(lanes).reduce((sum, count) => sum + count, 0)

interface JudgedChunk {
  readonly rows: CsvChunk['rows']
  readonly verdicts: readonly RowVerdict[]
  /** A row's values in the order of the group's variables. */
  readonly arranged: (values: readonly string[]) => readonly string[]
  /** Keys that the group has already, of those of the chunk. */
  readonly known: Promise<readonly string[]>
}

/** Looks at each row by itself, and asks the storage about all. */
function judgedChunk(ctx: Context, staging: Staging, { variables, rows }: CsvChunk, progress: Progress): JudgedChunk {
  progress.variables ??= variables
  const order = sameVariables(progress.variables, variables)
  const isSameOrder = order.every((column, index) => column === index)
  const verdicts = rows.map(({ line, cells }) => judgeRow(cells, line, variables, ctx.policy))
  const keys = verdicts.flatMap((verdict) => (verdict.type === 'valid' ? [verdict.key] : []))
  const { generation, group } = staging
  const known =
    present(staging) > 0 ? ctx.storage.read.knownKeys({ group: group.id, generation, keys }) : Promise.resolve([])
  // Heard when it is the chunk's turn, if it comes to that.
  known.catch(() => {})
  const arranged = (values: readonly string[]) => (isSameOrder ? values : order.map((column) => values[column] ?? ''))
  return { rows, verdicts, arranged, known }
}

/** The chunk's rows that are new, each with its place in its lane; the report learns of all. */
async function newRows(
  ctx: Context,
  staging: Staging,
  { rows, verdicts, arranged, known }: JudgedChunk,
  progress: Progress,
): Promise<readonly RecipientRow[]> {
  const stored = new Set(await known)
  const fresh: RecipientRow[] = []
  verdicts.forEach((verdict, index) => {
    const line = rows[index]?.line ?? 0
    if (verdict.type === 'fault') {
      progress.report.fault(line, verdict.reason)
    } else if (stored.has(verdict.key) || progress.seen.has(verdict.key)) {
      progress.report.fault(line, 'repeated')
    } else {
      const { mailbox, key, lane } = verdict
      const seq = progress.lanes.get(lane) ?? 0
      progress.lanes.set(lane, seq + 1)
      progress.seen.add(key)
      progress.report.valid()
      fresh.push({ lane, seq, mailbox, key, values: arranged(verdict.values) })
    }
  })
  progress.added += fresh.length
  checkGroupSize(present(staging), progress.added, ctx.policy)
  return fresh
}
