/** Whether what follows is a command line or the content of a mail. */
export type Expecting = 'command' | 'content'

export interface SmtpReaderEvents {
  /** A line without its CRLF; answers what comes next. */
  readonly command: (line: string) => Expecting
  /** Everything before the final dot, dot-stuffing undone, with the CRLF that ends its last line. */
  readonly content: (content: Buffer) => void
}

const FINAL_DOT = '\r\n.\r\n'
const EMPTY_MAIL = Buffer.from('.\r\n')

/** Reads the client's side of SMTP, in whatever pieces it comes: only CRLF dot CRLF ends a mail (RFC 5321 §4.1.1.4). */
export const smtpReader = (events: SmtpReaderEvents): ((chunk: Uint8Array) => void) => {
  let buffered = Buffer.alloc(0)
  let expecting: Expecting = 'command'

  const readCommand = (): boolean => {
    const end = buffered.indexOf('\r\n')
    if (end < 0) return false
    const line = buffered.subarray(0, end).toString('utf8')
    buffered = buffered.subarray(end + 2)
    expecting = events.command(line)
    return true
  }

  const readContent = (): boolean => {
    // The CRLF of the command DATA counts as the one before the first line.
    const end = buffered.subarray(0, EMPTY_MAIL.length).equals(EMPTY_MAIL) ? -2 : buffered.indexOf(FINAL_DOT)
    if (end === -1) return false
    const stuffed = buffered.subarray(0, end + 2).toString('latin1')
    buffered = buffered.subarray(end + FINAL_DOT.length)
    expecting = 'command'
    events.content(Buffer.from(stuffed.replace(/(^|\r\n)\./g, '$1'), 'latin1'))
    return true
  }

  return (chunk) => {
    buffered = Buffer.concat([buffered, chunk])
    while (expecting === 'command' ? readCommand() : readContent());
  }
}
