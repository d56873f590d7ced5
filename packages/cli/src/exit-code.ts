/** docs/cli.md promises them to scripts. */
export const exitCode = {
  ok: 0,
  /** What was asked for was not done, or the doctor found errors. */
  failure: 1,
  /** A command, flag, variable or option that cannot be used; nothing was begun. */
  usage: 2,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
