import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Answer, Call } from './calls.js'
import { allowFiles } from './open-files.js'
import { workerProgram } from './worker-bundle.js'
import type { FromWorker, Left, ToWorker } from './worker-process.js'

/** Processes kept warm: starting one takes longer than it lives. */
const WARM = 3

export interface RunningWorker {
  /** Moves its clock on. */
  shift(offsetMs: number): void
  /** Lets it make calls of its service, all at once. Rejects if it ends before it has answered. */
  call(calls: readonly Call[]): Promise<readonly Answer[]>
  /** Blocks its event loop for so long. */
  block(ms: number): void
  /** SIGSTOP and SIGCONT. */
  freeze(): void
  thaw(): void
  /** Lets it open so many more files and connections, as `ulimit -n` would; null: as many as at first. Linux only. */
  allowFiles(more: number | null): void
  /** kill -9. Resolves when it is gone. */
  kill(): Promise<void>
  /** Asks it to end by itself; resolves with its exit code. */
  stop(): Promise<number | null>
  /** SIGTERM; resolves with its exit code. */
  terminate(): Promise<number | null>
}

export interface Fleet {
  /** Resolves when the worker has started. */
  start(order: Extract<ToWorker, { type: 'go' }>): Promise<RunningWorker>
  /** What workers complained of while they were alive, and ends that nobody had asked for. */
  readonly problems: readonly string[]
  /** What left from workers that tell it. */
  readonly left: readonly Left[]
  close(): Promise<void>
}

interface Warm {
  readonly child: ChildProcess
  readonly warm: Promise<void>
}

export async function workerFleet(): Promise<Fleet> {
  const program = await workerProgram()
  const problems: string[] = []
  const left: Left[] = []
  const alive = new Set<ChildProcess>()
  const meant = new WeakSet<ChildProcess>()

  const heard = (child: ChildProcess, type: FromWorker['type']) =>
    new Promise<void>((resolve, reject) => {
      child.on('message', (message: FromWorker) => message.type === type && resolve())
      child.once('close', () => reject(new Error(`a worker ended before it was ${type}: ${problems.at(-1)}`)))
    })

  const warmUp = (): Warm => {
    const child = fork(program.path, { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    alive.add(child)
    let said = ''
    child.stderr?.on('data', (bytes) => {
      said = `${said}${bytes}`.slice(-2_000)
    })
    child.on('message', (message: FromWorker) => message.type === 'problem' && problems.push(message.what))
    child.on('message', (message: FromWorker) => message.type === 'left' && left.push(message))
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
    left,
    async start(order) {
      standby.push(warmUp())
      const { child, warm } = standby.shift() ?? warmUp()
      await warm
      const going = heard(child, 'going')
      child.send(order)
      await going
      return running(child, () => meant.add(child))
    },
    async close() {
      const ends = [...alive].map((child) => {
        meant.add(child)
        const gone = once(child, 'exit')
        child.kill('SIGKILL')
        return gone
      })
      await Promise.all(ends)
      await program.release()
    },
  }
}

function running(child: ChildProcess, meant: () => void): RunningWorker {
  const gone = once(child, 'exit')
  const say = (message: ToWorker) => child.send(message)
  let asked = 0
  const exitCode = async (ask: () => void): Promise<number | null> => {
    meant()
    ask()
    const [code] = await gone
    return code
  }
  return {
    shift: (offsetMs) => void say({ type: 'shift', offsetMs }),
    block: (ms) => void say({ type: 'block', ms }),
    allowFiles: (more) => allowFiles(child.pid ?? 0, more),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    call(calls) {
      const id = asked
      asked += 1
      return new Promise((resolve, reject) => {
        const heard = (message: FromWorker) => {
          if (message.type !== 'answered' || message.id !== id) return
          child.off('message', heard)
          resolve(message.answers)
        }
        child.on('message', heard)
        void gone.then(() => reject(new Error('the process ended before it had answered')))
        say({ type: 'call', id, calls })
      })
    },
    async kill() {
      await exitCode(() => child.kill('SIGKILL'))
    },
    stop: () => exitCode(() => say({ type: 'stop' })),
    terminate: () => exitCode(() => child.kill('SIGTERM')),
  }
}
