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

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'exit')
  // SIGINT is Postgres' fast shutdown: sessions still open are ended.
  child.kill('SIGINT')
  await Promise.race([closed, delay(10_000).then(() => child.kill('SIGKILL'))])
}

/** A private Postgres in a temporary folder, or undefined when its programs are not installed. */
export async function startPostgres(): Promise<Throwaway | undefined> {
  const initdb = findProgram('initdb', debianPostgresFolders())
  if (initdb === undefined) return undefined
  const user = serverUser()
  const folder = await temporaryFolder('postgres')
  if (user !== undefined) chownSync(folder.path, user.uid, user.gid)
  chmodSync(folder.path, 0o700)
  const data = join(folder.path, 'data')
  const as = { cwd: folder.path, stdio: 'ignore' as const, ...(user ?? {}) }
  execFileSync(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'], as)
  const port = await freePort()
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: folder.path, max_connections: '200' }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(join(dirname(initdb), 'postgres'), ['-D', data, '-p', String(port), ...flags], as)
  const stop = async () => {
    await stopServer(child)
    await folder.remove()
  }
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  for (let tries = 0; tries < 150 && child.exitCode === null; tries++) {
    if (await postgresAnswers(url)) return { url, stop }
    await delay(100)
  }
  await stop()
  throw new Error(`The private Postgres of ${initdb} did not start.`)
}
