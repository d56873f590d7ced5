import type { Logger } from '@mailwright/core'
import { type ExitCode, exitCode } from '../exit-code.js'
import type { Io } from '../io.js'

/** F2: an orchestrator that gives 30 s before it kills finds us gone. */
const DEADLINE_MS = 30_000

/**
 * Waits for SIGTERM or SIGINT, then for `stop`. Ends with failure when a second signal comes before that, when the deadline passes, or when `stop` fails: what was under
 * way is then found by its lease, as after a kill.
 */
export async function untilStopped(
  io: Pick<Io, 'onSignal'>,
  logger: Logger,
  stop: () => Promise<void>,
): Promise<ExitCode> {
  let second: () => void = () => undefined
  const hurried = new Promise<ExitCode>((resolve) => {
    second = () => resolve(exitCode.failure)
  })
  await new Promise<void>((resolve) => {
    let asked = false
    io.onSignal(() => {
      if (asked) second()
      asked = true
      resolve()
    })
  })
  logger.log('info', 'stopping', { deadlineMs: DEADLINE_MS })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<ExitCode>((resolve) => {
    timer = setTimeout(() => resolve(exitCode.failure), DEADLINE_MS)
  })
  const stopped = stop().then(
    () => exitCode.ok,
    (error: unknown) => {
      logger.log('error', 'stop-failed', { error, stack: error })
      return exitCode.failure
    },
  )
  const code = await Promise.race([stopped, hurried, late])
  clearTimeout(timer)
  logger.log(code === exitCode.ok ? 'info' : 'error', 'stopped', { clean: code === exitCode.ok })
  return code
}
