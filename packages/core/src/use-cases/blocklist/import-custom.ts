import { z } from 'zod'
import type { Moment } from '../../domain/calendar/index.js'
import { GROUP_LIMITS, type ImportReport, importReport } from '../../domain/recipient-group/index.js'
import { type BlockEntry, customEntry } from '../../domain/suppression/index.js'
import { isMailError, MailError } from '../../errors/mail-error.js'
import { bodyHash } from '../body-hash.js'
import type { Context } from '../context.js'
import { keyOf, underKey } from '../idempotent.js'
import { type CsvInput, type CsvRow, hashedFile, readCsv } from '../import-group/index.js'
import { momentSchema } from '../moment-input.js'
import { putBlocks } from './block-writes.js'

export const importCustomSchema = z.strictObject({
  /** Of rows that give none of their own. */
  startsAt: momentSchema.optional(),
  endsAt: momentSchema.nullable().optional(),
  reason: z.string().max(300).default(''),
  idempotencyKey: z.string().min(1).max(255).optional(),
})
export type ImportCustomInput = Readonly<z.input<typeof importCustomSchema>>
type Options = z.output<typeof importCustomSchema>

const COLUMNS = ['start', 'end', 'reason'] as const
const LONGEST_REASON = 300
const STEP = 1_000

/**
 * Blocks what a CSV lists (BLK-4). Its structure is read to the end before anything is stored; rows that cannot be used are reported and passed over.
 * The rows are stored a thousand at a time: cut off between them, the same file again does the rest.
 * @throws CSV_HEADER_INVALID for a column that is not known, and what `readCsv` throws.
 */
export async function importCustom(
  ctx: Context,
  account: string,
  source: CsvInput,
  { idempotencyKey, ...options }: Options,
): Promise<ImportReport> {
  const file = hashedFile(source)
  const body = {
    hash: () => bodyHash({ ...options, file: file.digest() }),
    readToEnd: () => file.drain(ctx.policy.csvBytes),
  }
  const keyed = keyOf('blocklist.custom.importCsv', account, idempotencyKey)
  return underKey<ImportReport>(ctx, keyed, body, async (once) => {
    const { rows, answer } = await readRows(ctx, account, file.pieces, options)
    for (let from = 0; from + STEP < rows.length; from += STEP)
      await putBlocks(ctx, account, rows.slice(from, from + STEP))
    const last = Math.max(0, Math.ceil(rows.length / STEP) - 1) * STEP
    await putBlocks(ctx, account, rows.slice(last), once(answer))
    return answer
  })
}

async function readRows(
  ctx: Context,
  account: string,
  source: CsvInput,
  options: Omit<Options, 'idempotencyKey'>,
): Promise<{ readonly rows: readonly BlockEntry[]; readonly answer: ImportReport }> {
  const { blockRowsPerFile: rowsPerFile, csvBytes: fileBytes, timeZone } = ctx.policy
  const now = ctx.clock.now()
  const report = importReport()
  const rows = new Map<string, BlockEntry>()
  for await (const { variables, rows: read } of readCsv(source, { ...GROUP_LIMITS, rowsPerFile, fileBytes })) {
    checkColumnNames(variables)
    for (const row of read) {
      const fields = fieldsOf(row, variables, options)
      const entry = tryEntry({ account, now, timeZone, ...fields })
      if (typeof entry === 'string') report.fault(row.line, entry)
      else if (rows.has(entry.key)) report.fault(row.line, 'repeated')
      else {
        rows.set(entry.key, entry)
        report.valid()
      }
    }
  }
  return { rows: [...rows.values()], answer: report.report() }
}

function checkColumnNames(variables: readonly string[]): void {
  const index = variables.findIndex((name) => !(COLUMNS as readonly string[]).includes(name))
  if (index >= 0)
    throw new MailError('CSV_HEADER_INVALID', { column: index + 2, reason: 'unknown', expected: COLUMNS.join(', ') })
}

interface Fields {
  readonly target: string
  readonly reason: string
  readonly startsAt?: Moment
  readonly endsAt?: Moment | null
}

/** An empty cell is what the call says for all. */
function fieldsOf({ cells }: CsvRow, variables: readonly string[], options: Omit<Options, 'idempotencyKey'>): Fields {
  const [target = '', ...values] = cells
  const cell = (name: (typeof COLUMNS)[number]) => values[variables.indexOf(name)]?.trim() || undefined
  const startsAt = cell('start') ?? options.startsAt
  const endsAt = cell('end') ?? options.endsAt
  return {
    target: target.trim(),
    reason: cell('reason') ?? options.reason,
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(endsAt === undefined ? {} : { endsAt }),
  }
}

/** The row, or why it cannot be used. */
function tryEntry(
  fields: Parameters<typeof customEntry>[0],
): BlockEntry | 'empty' | 'too-long' | 'invalid-address' | 'invalid-value' {
  if (fields.target === '') return 'empty'
  if (fields.reason.length > LONGEST_REASON) return 'too-long'
  try {
    return customEntry(fields)
  } catch (error) {
    if (!isMailError(error)) throw error
    return error.code === 'INPUT_INVALID' ? 'invalid-value' : 'invalid-address'
  }
}
