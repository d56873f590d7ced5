import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { FromWorker, ToWorker } from './worker-process.js'

const program = fileURLToPath(new URL('./worker-process.ts', import.meta.url))
/** Processes kept warm: starting one takes longer than it lives. */
const WARM = 3

export interface RunningWorker {
  /** Moves its clock on. */
  shift(offsetMs: number): void
  /** kill -9. Resolves when it is gone. */
  kill(): Promise<void>
  /** Asks it to end by itself; resolves with its exit code. */
  stop(): Promise<number | null>
}

export interface Fleet {
  /** Resolves when the worker has started. */
  start(order: Extract<ToWorker, { type: 'go' }>): Promise<RunningWorker>
  /** What workers complained of while they were alive, and ends that nobody had asked for. */
  readonly problems: readonly string[]
  close(): Promise<void>
}

interface Warm {
  readonly child: ChildProcess
  readonly warm: Promise<void>
}

export function workerFleet(): Fleet {
  const problems: string[] = []
  const alive = new Set<ChildProcess>()
  const meant = new WeakSet<ChildProcess>()

  const heard = (child: ChildProcess, type: FromWorker['type']) =>
    new Promise<void>((resolve, reject) => {
      child.on('message', (message: FromWorker) => message.type === type && resolve())
      child.once('close', () => reject(new Error(`a worker ended before it was ${type}: ${problems.at(-1)}`)))
    })

  const warmUp = (): Warm => {
    const child = fork(program, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    alive.add(child)
    let said = ''
    child.stderr?.on('data', (bytes) => {
      said = `${said}${bytes}`.slice(-2_000)
    })
    child.on('message', (message: FromWorker) => message.type === 'problem' && problems.push(message.what))
    child.once('close', (code, signal) => {
      alive.delete(child)
      if (!meant.has(child)) problems.push(`a worker ended by itself: ${code ?? signal} ${said}`)
    })
    const warm = heard(child, 'warm')
    warm.catch(() => undefined)
    return { child, warm }
  }

  const standby = Array.from({ length: WARM }, warmUp)

  return {
    problems,
    async start(order) {
      standby.push(warmUp())
      const { child, warm } = standby.shift() ?? warmUp()
      await warm
      const going = heard(child, 'going')
      child.send(order)
      await going
      const gone = once(child, 'exit')
      return {
        shift(offsetMs) {
          const shift: ToWorker = { type: 'shift', offsetMs }
          child.send(shift)
        },
        async kill() {
          meant.add(child)
          child.kill('SIGKILL')
          await gone
        },
        async stop() {
          meant.add(child)
          const stop: ToWorker = { type: 'stop' }
          child.send(stop)
          const [code] = await gone
          return code
        },
      }
    },
    async close() {
      const ends = [...alive].map((child) => {
        meant.add(child)
        const gone = once(child, 'exit')
        child.kill('SIGKILL')
        return gone
      })
      await Promise.all(ends)
    },
  }
}
