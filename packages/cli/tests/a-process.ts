import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url))

export interface Running {
  /** Of stdout, so far. */
  readonly out: string
  /** Of stderr, so far. */
  readonly err: string
  /** The fields of the first log line of that event. Rejects when the process ends before it. */
  logged(event: string): Promise<Readonly<Record<string, unknown>>>
  signal(signal: NodeJS.Signals): void
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>
}

export interface Given {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly input?: string
}

const alive = new Set<Running>()

/** For afterEach: no test leaves a process behind. */
export async function endAll(): Promise<void> {
  for (const running of alive) running.signal('SIGKILL')
  await Promise.all([...alive].map(({ ended }) => ended))
}

/** Starts `mailwright` as a process of its own, with nothing of this one's environment but the way to the programs. */
export function mailwright(args: readonly string[], { env = {}, cwd = process.cwd(), input }: Given = {}): Running {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), program, ...args], {
    cwd,
    env: {
      PATH: process.env.PATH ?? '',
      TSX_TSCONFIG_PATH: fileURLToPath(new URL('../../../tsconfig.json', import.meta.url)),
      ...env,
    },
  })
  let [out, err] = ['', '']
  const listeners = new Set<() => void>()
  child.stdout.on('data', (bytes) => {
    out += bytes
  })
  child.stderr.on('data', (bytes) => {
    err += bytes
    for (const listener of listeners) listener()
  })
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      alive.delete(running)
      resolve(code)
    })
  })
  const find = (event: string) =>
    err
      .split('\n')
      .slice(0, -1)
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
      .find((line) => line.event === event)
  const running: Running = {
    get out() {
      return out
    },
    get err() {
      return err
    },
    logged: (event) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = find(event)
          if (line === undefined) return
          listeners.delete(look)
          resolve(line)
        }
        listeners.add(look)
        look()
        void ended.then((code) => reject(new Error(`ended with ${code} before it logged ${event}: ${err}`)))
      }),
    signal: (signal) => void child.kill(signal),
    ended,
  }
  alive.add(running)
  return running
}
