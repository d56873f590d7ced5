/** What a command sees of the process it runs in. Tests give their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly stdin: AsyncIterable<Uint8Array>
  /** For people and pipes: stdout. */
  out(line: string): void
  /** Messages for people, and the log as one JSON object a line: stderr. */
  err(line: string): void
  /** Hears SIGTERM and SIGINT; returns the way to stop listening. */
  onSignal(listener: () => void): () => void
}
