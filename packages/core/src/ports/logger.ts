export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Takes named events, never sentences. Fields hold ids and numbers; addresses, content and secrets never reach a logger: `redactingLogger` sees to it. */
export interface Logger {
  log(level: LogLevel, event: string, fields: Readonly<Record<string, unknown>>): void
}
