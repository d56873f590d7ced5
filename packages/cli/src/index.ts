export type { Configuration, ConfigurationFile } from './config/config-file.js'
export { type ExitCode, exitCode } from './exit-code.js'
export type { Io } from './io.js'
export { run } from './run.js'
