import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { debianPostgresFolders, findProgram, freePort, type Throwaway, temporaryFolder } from './throwaway.js'

/** The database a developer's machine may offer for tests, without a password. Others are never touched. */
const usualUrls = ['postgres://postgres@127.0.0.1:5432/test', 'postgres://root@127.0.0.1:5432/test']

export async function postgresAnswers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

export async function usualPostgres(): Promise<string | undefined> {
  for (const url of usualUrls) if (await postgresAnswers(url)) return url
  return undefined
}

/** initdb refuses to run as root; then the system user `postgres` of the distribution's package runs it. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function endServer(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'exit')
  child.kill(signal)
  await Promise.race([closed, delay(10_000).then(() => child.kill('SIGKILL'))])
}

/** A private Postgres that can be stopped and started again at the same address. */
export interface PostgresCluster {
  readonly url: string
  /** false before `start`, and when it has ended, by itself or not. */
  readonly running: boolean
  /** Resolves when it answers. */
  start(): Promise<void>
  /** What `pg_ctl stop -m immediate` does: no goodbye, and recovery from the log at the next start. */
  crash(): Promise<void>
  /** Stops it and removes its folder. */
  remove(): Promise<void>
}

/** Empty folders of one's own choice, such as small disks; what is left out is in a temporary one. */
export interface ClusterOptions {
  readonly dataFolder?: string
  /** Of its write-ahead log. */
  readonly logFolder?: string
  /** Settings beside those that every cluster here has. */
  readonly settings?: Readonly<Record<string, string>>
}

/** Its folder and its address; undefined when the programs are not installed. It is not running yet. */
export async function postgresCluster(options: ClusterOptions = {}): Promise<PostgresCluster | undefined> {
  const initdb = findProgram('initdb', debianPostgresFolders())
  if (initdb === undefined) return undefined
  const user = serverUser()
  const folder = await temporaryFolder('postgres')
  const { dataFolder = folder.path, logFolder = folder.path } = options
  for (const path of new Set([folder.path, dataFolder, logFolder])) {
    if (user !== undefined) chownSync(path, user.uid, user.gid)
    chmodSync(path, 0o700)
  }
  const data = join(dataFolder, 'data')
  const as = { cwd: folder.path, stdio: 'ignore' as const, ...(user ?? {}) }
  // Segments of 16 MiB, the default, are too much for a small disk.
  const apart = dataFolder === logFolder ? [] : ['-X', join(logFolder, 'log'), '--wal-segsize=1']
  const usual = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync']
  execFileSync(initdb, ['-D', data, ...usual, ...apart], as)
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder.path,
    max_connections: '200',
    ...options.settings,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  let child: ChildProcess | null = null
  const end = async (signal: NodeJS.Signals) => {
    if (child) await endServer(child, signal)
    child = null
  }
  return {
    url,
    get running() {
      return child !== null && child.exitCode === null && child.signalCode === null
    },
    async start() {
      const started = spawn(join(dirname(initdb), 'postgres'), ['-D', data, '-p', String(port), ...flags], as)
      child = started
      for (let tries = 0; tries < 150 && started.exitCode === null; tries++) {
        if (await postgresAnswers(url)) return
        await delay(100)
      }
      throw new Error(`The private Postgres of ${initdb} did not start.`)
    },
    crash: () => end('SIGQUIT'),
    async remove() {
      // SIGINT is Postgres' fast shutdown: sessions still open are ended.
      await end('SIGINT')
      await folder.remove()
    },
  }
}

/** A private Postgres in a temporary folder, or undefined when its programs are not installed. */
export async function startPostgres(): Promise<Throwaway | undefined> {
  const cluster = await postgresCluster()
  if (cluster === undefined) return undefined
  try {
    await cluster.start()
  } catch (error) {
    await cluster.remove()
    throw error
  }
  return { url: cluster.url, stop: cluster.remove }
}
