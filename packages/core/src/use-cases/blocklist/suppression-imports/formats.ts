/** Why another service keeps an address from being written to. */
export type Suppressed = 'hard-bounce' | 'complaint' | 'unsubscribe' | 'manual'

/** Which list a file is of, where the service has a file for each and does not say in it which. */
export const SUPPRESSION_LISTS = ['bounces', 'invalid-emails', 'complaints', 'unsubscribes'] as const
export type SuppressionList = (typeof SUPPRESSION_LISTS)[number]

/** How an export is read; names of columns and members are compared without case, blanks and underscores. As of November 2026. */
export interface SuppressionFormat {
  /** Members of a JSON document that hold the rows; a bare array is read too. */
  readonly rows: readonly string[]
  readonly address: readonly string[]
  readonly at: readonly string[]
  /** What the server said, kept as the reason. */
  readonly said: readonly string[]
  /** The column that says why, and its words; null: the caller names the list. */
  readonly why: { readonly column: readonly string[]; readonly words: Readonly<Record<string, Suppressed>> } | null
}

export const suppressionFormats = {
  /** Amazon SES, `list-suppressed-destinations` and files of the same columns. */
  ses: {
    rows: ['suppresseddestinationsummaries'],
    address: ['emailaddress', 'email'],
    at: ['lastupdatetime'],
    said: [],
    why: { column: ['reason', 'suppressionreason'], words: { bounce: 'hard-bounce', complaint: 'complaint' } },
  },
  /** One file or answer for each list. */
  sendgrid: { rows: [], address: ['email'], at: ['created', 'createdat'], said: ['reason', 'status'], why: null },
  postmark: {
    rows: ['suppressions'],
    address: ['emailaddress', 'email'],
    at: ['createdat'],
    said: ['origin'],
    why: {
      column: ['suppressionreason', 'reason'],
      words: { hardbounce: 'hard-bounce', spamcomplaint: 'complaint', manualsuppression: 'manual' },
    },
  },
  /** One file or answer for each list. */
  mailgun: {
    rows: ['items'],
    address: ['address', 'recipient'],
    at: ['createdat'],
    said: ['error', 'code'],
    why: null,
  },
} as const satisfies Readonly<Record<string, SuppressionFormat>>

export type SuppressionSource = keyof typeof suppressionFormats

export const suppressedBy: Readonly<Record<SuppressionList, Suppressed>> = {
  bounces: 'hard-bounce',
  'invalid-emails': 'hard-bounce',
  complaints: 'complaint',
  unsubscribes: 'unsubscribe',
}
