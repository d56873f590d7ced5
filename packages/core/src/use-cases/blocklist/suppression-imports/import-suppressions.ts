import { DateTime } from 'luxon'
import { z } from 'zod'
import { parseHostName, tryParseAddress } from '../../../domain/address/index.js'
import { type ImportReport, importReport } from '../../../domain/recipient-group/index.js'
import { AUTOMATIC, type BlockEntry, IMPORTED } from '../../../domain/suppression/index.js'
import { MailError } from '../../../errors/mail-error.js'
import type { Instant } from '../../../ports/clock.js'
import type { Context } from '../../context.js'
import type { CsvInput } from '../../import-group/index.js'
import { each } from '../../stored.js'
import { addBlocks } from '../block-writes.js'
import {
  SUPPRESSION_LISTS,
  type Suppressed,
  type SuppressionFormat,
  type SuppressionList,
  suppressedBy,
  suppressionFormats,
} from './formats.js'
import { type ExportRow, readExport } from './read-export.js'

const DAY = 86_400_000
const STEP = 1_000
const LONGEST_REASON = 300

export const importSuppressionsSchema = z.strictObject({
  from: z.enum(['ses', 'sendgrid', 'postmark', 'mailgun']),
  /** Which list the file is, for services that have a file for each. */
  list: z.enum(SUPPRESSION_LISTS).optional(),
  /** Who complained or unsubscribed is kept from this sender domain; from all of the account's, if left out. */
  senderDomain: z.string().min(1).max(255).optional(),
})
export type ImportSuppressionsInput = Readonly<z.input<typeof importSuppressionsSchema>>

/**
 * Takes over the suppression list of another service. Hard bounces go on the invalid list for `policy.releaseAfterDays` from their date, for this
 * account only: a file is no proof that counts for others. Complaints and unsubscribes become reject blocks, manual entries custom ones. Each row is
 * written under what it says, so the same file twice is as once; cut off between two thousand rows, the file again does the rest.
 * What is on the list and lasts longer stays.
 * @throws NOT_FOUND without a sender domain, or for one that is not the account's; INPUT_INVALID for a list that is missing; what `readExport` throws, with nothing stored.
 */
export async function importSuppressions(
  ctx: Context,
  account: string,
  source: CsvInput,
  { from, list, senderDomain }: z.output<typeof importSuppressionsSchema>,
): Promise<ImportReport> {
  const format: SuppressionFormat = suppressionFormats[from]
  if (!format.why && list === undefined)
    throw new MailError('INPUT_INVALID', { field: 'list', expected: SUPPRESSION_LISTS.join(', ') })
  const rows = await readExport(source, format.rows, ctx.policy.csvBytes)
  const now = ctx.clock.now()
  const to = { account, now, days: ctx.policy.releaseAfterDays, domains: await domainsOf(ctx, account, senderDomain) }
  const report = importReport()
  const entries = new Map<string, readonly BlockEntry[]>()
  for (const row of rows) {
    const read = readRow(row, format, list)
    if (typeof read === 'string') report.fault(row.line, read)
    else if (entries.has(`${read.why} ${read.key}`)) report.fault(row.line, 'repeated')
    else {
      entries.set(`${read.why} ${read.key}`, entriesOf(read, to))
      report.valid()
    }
  }
  const items = [...entries.values()].flat()
  for (let at = 0; at < items.length; at += STEP) await addBlocks(ctx, account, items.slice(at, at + STEP))
  return report.report()
}

/** A complaint that is kept from no domain would be lost without a word. */
async function domainsOf(ctx: Context, account: string, named: string | undefined): Promise<readonly string[]> {
  const wanted = named === undefined ? null : parseHostName(named).ascii
  const domains: string[] = []
  for await (const { data } of each(ctx, 'domain', { account }))
    if (wanted === null || data.name === wanted) domains.push(data.name)
  if (domains.length === 0) throw new MailError('NOT_FOUND', { kind: 'domain', field: 'senderDomain' })
  return domains
}

interface SuppressedRow {
  readonly key: string
  readonly why: Suppressed
  readonly at: Instant | null
  readonly said: string
}

function readRow(
  { members }: ExportRow,
  format: SuppressionFormat,
  list: SuppressionList | undefined,
): SuppressedRow | 'empty' | 'invalid-address' | 'invalid-value' {
  const value = (names: readonly string[]) => names.map((name) => members.get(name)?.trim()).find((text) => text) ?? ''
  const given = value(format.address)
  if (given === '') return 'empty'
  const address = tryParseAddress(given, { smtpUtf8: true })
  if (!address) return 'invalid-address'
  const why = format.why ? format.why.words[value(format.why.column).toLowerCase()] : list && suppressedBy[list]
  if (why === undefined) return 'invalid-value'
  return { key: address.key, why, at: instantOf(value(format.at)), said: value(format.said) }
}

/** Seconds since 1970, or a date in ISO 8601, RFC 2822 or SQL, of UTC unless it says otherwise; null if it is neither. */
function instantOf(text: string): Instant | null {
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1_000)
  const zone = { zone: 'utc' }
  const at = [
    DateTime.fromISO(text, zone),
    DateTime.fromRFC2822(text.replace(/UTC$/, 'GMT'), zone),
    DateTime.fromSQL(text, zone),
  ].find(({ isValid }) => isValid)
  return at?.toMillis() ?? null
}

function entriesOf(
  { key, why, at, said }: SuppressedRow,
  to: { readonly account: string; readonly now: Instant; readonly days: number; readonly domains: readonly string[] },
): readonly BlockEntry[] {
  const { account, now, days, domains } = to
  const since = Math.min(at ?? now, now)
  const reason = `imported: ${why} ${said}`.trim().slice(0, LONGEST_REASON)
  const row = { account, key, reason, createdAt: now, startsAt: since } as const
  if (why === 'hard-bounce') return [{ ...row, kind: 'invalid', scope: IMPORTED, endsAt: since + days * DAY }]
  if (why === 'manual') return [{ ...row, kind: 'custom', scope: AUTOMATIC, endsAt: null }]
  return domains.map((scope) => ({ ...row, kind: 'reject', scope, endsAt: null }))
}
