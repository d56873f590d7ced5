/** What a server has announced in its answer to EHLO. */
export interface Features {
  /** RFC 2920. */
  readonly pipelining: boolean
  /** RFC 6152. */
  readonly eightBit: boolean
  /** RFC 6531. */
  readonly smtpUtf8: boolean
  readonly startTls: boolean
  /** RFC 3461. */
  readonly dsn: boolean
  /** Octets of a mail (RFC 1870), if `size` is announced; 0: no limit is told. */
  readonly sizeMax: number
  readonly size: boolean
  /** Upper-case names of login mechanisms. */
  readonly auth: readonly string[]
}

export const noFeatures: Features = {
  pipelining: false,
  eightBit: false,
  smtpUtf8: false,
  startTls: false,
  dsn: false,
  sizeMax: 0,
  size: false,
  auth: [],
}

/** @param text the lines of the answer without their codes; the first is the server's name */
export const featuresOf = (text: string): Features => {
  const lines = text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().toUpperCase().split(/[ =]+/))
  const line = (keyword: string) => lines.find(([first]) => first === keyword)
  const size = line('SIZE')
  const octets = Number(size?.[1] ?? 0)
  return {
    pipelining: line('PIPELINING') !== undefined,
    eightBit: line('8BITMIME') !== undefined,
    smtpUtf8: line('SMTPUTF8') !== undefined,
    startTls: line('STARTTLS') !== undefined,
    dsn: line('DSN') !== undefined,
    sizeMax: Number.isSafeInteger(octets) && octets > 0 ? octets : 0,
    size: size !== undefined,
    // `AUTH=LOGIN` is how some old servers say it.
    auth: [...new Set(lines.filter(([first]) => first === 'AUTH').flatMap(([, ...names]) => names))],
  }
}
