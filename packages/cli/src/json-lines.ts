import { type Logger, type LogLevel, redactingLogger } from '@mailwright/core'

const rank: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

/** One JSON object a line, for whatever collects the output of processes; with as little in it as the service itself says (T23). */
export const jsonLines = (write: (line: string) => void, lowest: LogLevel): Logger =>
  redactingLogger({
    log(level, event, fields) {
      if (rank[level] < rank[lowest]) return
      write(JSON.stringify({ time: new Date().toISOString(), level, event, ...fields }))
    },
  })
