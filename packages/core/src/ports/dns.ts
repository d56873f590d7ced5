export interface MxRecord {
  readonly preference: number
  /** Without trailing dot; empty for a null MX (RFC 7505). */
  readonly exchange: string
}

/**
 * What a resolver says. `absent` is a definite no (NXDOMAIN or no such record); `unreachable` is no answer at all
 * (SERVFAIL, timeout) and must never be taken for a no (DOM-4).
 */
export type DnsAnswer<T> =
  | { readonly type: 'found'; readonly records: readonly T[] }
  | { readonly type: 'absent' }
  | { readonly type: 'unreachable'; readonly cause: string }

/** Looks names up now. Never throws for what a resolver answers. Concurrent calls are fine. */
export interface Dns {
  mx(name: string): Promise<DnsAnswer<MxRecord>>
  /** One entry per TXT record, its character-strings joined (RFC 7208 §3.3). */
  txt(name: string): Promise<DnsAnswer<string>>
  /** A and AAAA together. */
  address(name: string): Promise<DnsAnswer<string>>
  /** The target of a CNAME. */
  cname(name: string): Promise<DnsAnswer<string>>
}
