import { z } from 'zod'
import { isTimeZone } from '../domain/calendar/index.js'
import { BREAKER_POLICY, RETRY_PLAN } from '../domain/callback/index.js'
import { TAG_LIMITS } from '../domain/tags/index.js'
import { UNSUBSCRIBE_LANGUAGES } from '../domain/tracking/index.js'
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
  timeZone: z.string().refine(isTimeZone, 'an IANA time zone such as Europe/Berlin').default('UTC'),
  /** ACC-4: how long an idempotency key is remembered. */
  idempotencyHours: count.default(24),
  /** ACC-3 */
  apiKeysPerAccount: count.default(100),
  /** ACC-3: wrong API keys from one source, where the host names it, before none from there is looked up for the rest of the minute. */
  apiKeyFailuresPerMinute: count.default(30),
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
  /** TRG-3: hand-over pace of trigger and regular mail; null: none. */
  accountPerSecond: count.nullable().default(null),
  /** TRG-8 */
  validForSeconds: count.default(72 * 3600),
  /** GRP-2 */
  rowsPerFile: count.default(10_000),
  rowsPerGroup: count.default(50_000),
  csvBytes: count.default(10 * 1024 * 1024),
  /** TPL-7: how long a reviewer is waited for; it is asked again later. */
  reviewTimeoutMs: count.max(20_000).default(10_000),
  /** TSK-7: level of a newly verified domain. */
  startLevel: count.max(20).default(1),
  /** TSK-8 */
  raise: z.enum(['one-per-day', 'unbounded']).default('one-per-day'),
  levelRules: levelRulesSchema.prefault({}),
  /** TSK-6: how a task goes on when the next day starts. */
  resume: z.enum(['auto', 'manual']).default('auto'),
  /** TSK-5: an occurrence that starts later than this was missed. */
  onTimeSeconds: z.int().min(0).default(900),
  /** TSK-1: how often a day a recurrence may fire. */
  occurrencesPerDay: count.max(1_440).default(24),
  /** BLK-1 */
  releaseAfterDays: count.default(180),
  invalidScope: z.enum(['installation', 'account']).default('installation'),
  /** BLK-4: how long a full mailbox is left alone, where the account has switched that on. */
  fullMailboxDays: count.default(7),
  /** BLK-4: rows of one uploaded list. */
  blockRowsPerFile: count.default(100_000),
  /** BLK-3 */
  rejectAppliesTo: z.enum(['all', 'non-trigger']).default('all'),
  /** TRG-4: of the visible unsubscribe link, where no other is named. */
  unsubscribeLanguage: z.enum(UNSUBSCRIBE_LANGUAGES).default('english'),
  /** TRK-1: how long the links of a mail work. */
  trackingDays: count.max(3_650).default(365),
  /**
   * DLV-5: how long after its acceptance a notice about a mail is believed. A mail is tried for 72 hours and may wait five days at each server after
   * that (RFC 5321 §4.5.4.1); what comes later is more likely a leaked address than a bounce.
   */
  returnPathDays: count.max(365).default(30),
  /** Opens and clicks of one mail that a process stores in an hour, those of machines counted apart; whoever holds a token can call it as often as he likes. */
  visitsPerHour: count.max(10_000).default(60),
  /** TSK-13: the days over which a domain's invalid and complaint rates are looked at for warnings. */
  recentDays: count.max(60).default(7),
  /** DOM-8: how long the record of a key that signs no more must stay in DNS. */
  dkimOverlapDays: z.int().min(0).default(7),
  /** DOM-9: how soon DNS is asked again while it did not answer, or while a rotation waits for it. */
  recheckSoonMinutes: count.default(60),
  /** DOM-9: a verified domain whose DNS fails sends nothing. */
  strictRecheck: z.boolean().default(false),
  /** DOM-6 */
  corporateMail: z.enum(['warn', 'refuse']).default('warn'),
  /** REL-2 */
  onUnknown: z.enum(['retry', 'stop']).default('retry'),
  /** REL-3: mails that may be started and not yet settled, per process. */
  unsettledMax: count.max(10_000).default(250),
  /** Results per flush, and the longest a result waits for its flush. */
  flushItems: count.max(1_000).default(250),
  flushMs: count.default(25),
  /** How long a claim is held without a flush. With the 5 s for clocks that differ, what a killed process held goes on within a minute. */
  leaseMs: z.int().min(10_000).default(45_000),
  /** How often the handling of one work may throw, in one process, before it is parked: set aside, named by `doctor()`, looked at again once a day. */
  parkAfterFailures: count.default(3),
  /** A mail unanswered for this long no longer holds its chunk back. */
  stragglerMs: count.default(30_000),
  /** Mail that is due for so long while no worker is seen raises the alarm. */
  stalledAfterSeconds: count.default(120),
  /** How old the figures may be that metrics read from the storage; null: this process reads none, since another one does. */
  gaugeSeconds: count.nullable().default(15),
  /** Recipients per chunk of a batch. */
  chunkRows: count.max(5_000).default(500),
  /** DIP-2, DIP-3: mails a second that one dedicated IP carries, over all processes. */
  ipPerSecond: count.default(30),
  /** DIP-5: how long a disabled IP rests before it may be given out again. */
  ipCoolDownDays: count.default(30),
  /** DIP-6: price of a dedicated IP per month in minor units; null: none, and no bill. */
  ipMonthlyPrice: z.int().min(0).max(1_000_000_000_000).nullable().default(null),
  /** What bills name as their currency (ISO 4217); null: nothing. */
  ipCurrency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable()
    .default(null),
  /** DIP-1: which version of the operator's terms an account agrees to. */
  ipTerms: z.string().min(1).max(100).default('1'),
  /** DIP-4: refuses a send or task whose scenario is not its domain's, instead of warning. */
  strictScenario: z.boolean().default(false),
  /** DIP-4 */
  tagLimits: z
    .strictObject({
      keyLength: count.default(TAG_LIMITS.keyLength),
      valueLength: count.default(TAG_LIMITS.valueLength),
      perRecord: count.default(TAG_LIMITS.perRecord),
    })
    .prefault({}),
  /** CBK-2 */
  callbackPorts: z.array(z.int().min(1).max(65_535)).min(1).default([8080, 8081, 8082]),
  /** T25: streams of `deliveries.live` that one account may have open at once in one process. */
  liveStreamsPerAccount: count.max(10_000).default(20),
  /** CBK-5: callbacks may go to private, loopback and other special addresses. */
  allowPrivateNetworks: z.boolean().default(false),
  /** CBK-4: an answer later than this is none. */
  callbackTimeoutMs: count.max(60_000).default(10_000),
  /** Callbacks on their way at once: to one endpoint, and from this process to all. */
  callbackConcurrency: count.max(100).default(8),
  callbackConnections: z.int().min(4).max(10_000).default(256),
  /** CBK-4: when a failed callback is tried again, and for how long. */
  callbackRetries: z
    .strictObject({
      afterSeconds: z.array(count).default([...RETRY_PLAN.afterSeconds]),
      thenEverySeconds: count.default(RETRY_PLAN.thenEverySeconds),
      giveUpAfterSeconds: count.default(RETRY_PLAN.giveUpAfterSeconds),
      jitter: z.number().min(0).max(0.5).default(RETRY_PLAN.jitter),
      longestRetryAfterSeconds: count.default(RETRY_PLAN.longestRetryAfterSeconds),
    })
    .prefault({}),
  /** CBK-4: failures in a row after which an endpoint is left alone, and for how long. */
  callbackBreaker: z
    .strictObject({
      failures: count.default(BREAKER_POLICY.failures),
      firstSeconds: count.default(BREAKER_POLICY.firstSeconds),
      longestSeconds: count.default(BREAKER_POLICY.longestSeconds),
    })
    .prefault({}),
  /** CBK-3: how long the former secret of a callback goes on signing beside a new one. */
  callbackSecretOverlapHours: z.int().min(0).default(24),
  /** Hours or days that one question to the statistics may be broken down into. */
  statisticsPeriods: count.max(20_000).default(2_000),
  /** STA-3: when the storage may bring counts into the form that is read fastest. Late opens come by then, mostly. */
  fold: z
    .strictObject({
      afterHours: count.default(36),
      everyHours: count.default(6),
      stepRows: count.max(50_000).default(5_000),
    })
    .prefault({}),
  /** DLV-4, STA-3: how long each kind of thing is kept. */
  retention: z
    .strictObject({
      /** Opens, clicks, complaints, bounces, unsubscribes, and later attempts. */
      eventsDays: count.default(90),
      /** What single mails were made of: bodies, values, attachments, addressees. Never gone before the mail has expired. */
      contentsDays: count.default(7),
      /** Messages, with their events and requests; null: for good. At least a month, so that none goes that may still be sent. Unsubscribe links go on working. */
      messagesDays: z.int().min(31).nullable().default(null),
      statisticsMonths: count.default(25),
      /** Attempts of callbacks, and events that were given up and can be replayed (CBK-4). */
      callbackAttemptsDays: count.default(7),
      parkedCallbacksDays: count.default(30),
      /** T31: records of what was done over HTTP. */
      auditDays: count.default(400),
      /** The series of the real-time queue. */
      liveHours: count.default(48),
      /** Rows of each kind that one step removes at most. */
      stepRows: count.max(10_000).default(1_000),
    })
    .prefault({}),
  /** Addresses beyond ASCII in the local part (RFC 6531). */
  smtpUtf8: z.boolean().default(false),
})

export type Policy = Readonly<z.output<typeof policySchema>>
export type PolicyInput = Readonly<z.input<typeof policySchema>>
