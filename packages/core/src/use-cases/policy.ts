import { z } from 'zod'
import { LEVEL_POLICY } from '../domain/warm-up/index.js'

const count = z.int().min(1)

const perMille = z.number().min(0).max(1_000)
const { raise, lower, block } = LEVEL_POLICY

/** When a level is raised, lowered, or blocks its day; shares in thousandths (TSK-8, TSK-9, TSK-10). */
const levelRulesSchema = z.strictObject({
  raise: z
    .strictObject({
      usedLeast: perMille,
      settledLeast: perMille,
      clean: z.strictObject({
        invalidBelow: perMille,
        deliveredAbove: perMille,
        spamBouncedBelow: perMille,
        complainedBelow: perMille,
      }),
      engaged: z.strictObject({ deliveredAbove: perMille, complainedBelow: perMille, openedAbove: perMille }),
    })
    .default(raise),
  lower: z
    .strictObject({
      settledAbove: z.int().min(0),
      invalidAbove: perMille,
      deliveredBelow: perMille,
      spamBouncedAbove: perMille,
      complainedAbove: perMille,
    })
    .default(lower),
  block: z
    .strictObject({ settledAbove: z.int().min(0), invalidAbove: perMille, spamBouncedAbove: perMille })
    .default(block),
})

/** Every number of the rules, with the rule's number as its default. Exported beside its type so that a host can validate its own configuration. */
export const policySchema = z.strictObject({
  /** IANA zone of the calendar day that daily limits use (TSK-6). */
  timeZone: z.string().default('UTC'),
  /** DOM-1 */
  domainsPerAccount: count.default(10),
  /** SND-1 */
  sendersPerDomain: count.default(10),
  /** REG-1 */
  regularRecipients: count.max(100).default(20),
  /** TRG-1 */
  toRecipients: count.max(500).default(50),
  ccRecipients: count.max(500).default(20),
  bccRecipients: count.max(500).default(20),
  /** TRG-3: mails per recipient and sliding hour. */
  frequencyPerHour: count.default(10),
  /** TRG-3: hand-over pace of trigger and regular mail; null: none. Needs a limiter. */
  accountPerSecond: count.nullable().default(null),
  /** TRG-8 */
  validForSeconds: count.default(72 * 3600),
  /** GRP-2 */
  rowsPerFile: count.default(10_000),
  rowsPerGroup: count.default(50_000),
  csvBytes: count.default(10 * 1024 * 1024),
  /** TSK-7: level of a newly verified domain. */
  startLevel: count.max(20).default(1),
  /** TSK-8 */
  raise: z.enum(['one-per-day', 'unbounded']).default('one-per-day'),
  levelRules: levelRulesSchema.prefault({}),
  /** TSK-6: how a task goes on when the next day starts. */
  resume: z.enum(['auto', 'manual']).default('auto'),
  /** BLK-1 */
  releaseAfterDays: count.default(180),
  invalidScope: z.enum(['installation', 'account']).default('installation'),
  /** BLK-3 */
  rejectAppliesTo: z.enum(['all', 'non-trigger']).default('all'),
  /** DOM-6 */
  corporateMail: z.enum(['warn', 'refuse']).default('warn'),
  /** REL-2 */
  onUnknown: z.enum(['retry', 'stop']).default('retry'),
  /** REL-3: mails that may be started and not yet settled, per process. */
  unsettledMax: count.max(10_000).default(250),
  /** Results per flush, and the longest a result waits for its flush. */
  flushItems: count.max(1_000).default(250),
  flushMs: count.default(25),
  /** How long a claim is held without a flush. */
  leaseMs: z.int().min(10_000).default(60_000),
  /** A mail unanswered for this long no longer holds its chunk back. */
  stragglerMs: count.default(30_000),
  /** Recipients per chunk of a batch. */
  chunkRows: count.max(5_000).default(500),
  /** Addresses beyond ASCII in the local part (RFC 6531). */
  smtpUtf8: z.boolean().default(false),
})

export type Policy = Readonly<z.output<typeof policySchema>>
export type PolicyInput = Readonly<z.input<typeof policySchema>>
