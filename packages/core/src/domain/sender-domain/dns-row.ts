/** DOM-3. `lost`: another account verified the name first. */
export type DomainState = 'pending' | 'verified' | 'lost'

export type DnsPurpose = 'mx' | 'spf' | 'dkim' | 'dmarc' | 'tracking'
export type DnsStatus = 'missing' | 'wrong' | 'passed' | 'unknown'

/** One line of the checklist that a user copies into the DNS of the domain (DOM-2). A type, so that it is storable as JSON. */
export type DnsRow = {
  readonly purpose: DnsPurpose
  /** Relative to the registrable domain, as DNS consoles ask for it: `@`, `abc`, `<selector>._domainkey.abc`. */
  readonly host: string
  /** The full name, lower-case A-label. */
  readonly name: string
  readonly type: 'MX' | 'TXT' | 'CNAME'
  readonly expected: string
  /** What DNS held when last answered; several records on lines of their own; null for none. */
  readonly current: string | null
  readonly status: DnsStatus
  /** Why it is not `passed`, as a stable word. */
  readonly reason?: string
  /** False: advice only, the verdict does not wait for it. */
  readonly required: boolean
}

/** What a lookup found out about a row. */
export interface Finding {
  readonly status: DnsStatus
  readonly current: string | null
  readonly reason?: string
}

/** How names are compared: case and one trailing dot do not matter (DOM-5). */
export const foldName = (name: string): string => name.trim().replace(/\.$/, '').toLowerCase()
