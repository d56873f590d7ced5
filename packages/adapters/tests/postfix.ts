import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const DAEMONS = '/usr/lib/postfix/sbin'
const COMMAND = '/usr/sbin/postfix'
/** Owner of the mailboxes: anybody but root, whom Postfix does not deliver for. */
const MAIL_USER = 65_534

/** Postfix changes users, so only root can start it. */
export const hasPostfix = (): boolean =>
  existsSync(COMMAND) &&
  existsSync(`${DAEMONS}/master`) &&
  process.getuid?.() === 0 &&
  spawnSync('id', ['postfix']).status === 0

export interface Postfix {
  readonly port: number
  /** Everything delivered so far, as it lies in the mailbox: with LF line ends. */
  delivered(): readonly string[]
  stop(): void
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

const services = [
  'pickup unix n - n 60 1 pickup',
  'cleanup unix n - n - 0 cleanup',
  'qmgr unix n - n 300 1 qmgr',
  'rewrite unix - - n - - trivial-rewrite',
  'bounce unix - - n - 0 bounce',
  'defer unix - - n - 0 bounce',
  'trace unix - - n - 0 bounce',
  'verify unix - - n - 1 verify',
  'proxymap unix - - n - - proxymap',
  'error unix - - n - - error',
  'retry unix - - n - - error',
  'virtual unix - n n - - virtual',
  'anvil unix - - n - 1 anvil',
  'postlog unix-dgram n - n - 1 postlogd',
]

/** A Postfix of its own, in a folder of its own, that takes everything for example.org into one mailbox. */
export const startPostfix = async (): Promise<Postfix> => {
  const folder = mkdtempSync(join(tmpdir(), 'mailwright-postfix-'))
  chmodSync(folder, 0o755)
  const at = (name: string) => join(folder, name)
  for (const name of ['etc', 'spool', 'data', 'mail']) mkdirSync(at(name))
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postfix']).toString()))
  chownSync(at('data'), uid ?? 0, gid ?? 0)
  chownSync(at('mail'), MAIL_USER, MAIL_USER)
  const port = await freePort()
  const settings = {
    compatibility_level: '3.6',
    queue_directory: at('spool'),
    data_directory: at('data'),
    daemon_directory: DAEMONS,
    command_directory: '/usr/sbin',
    mail_owner: 'postfix',
    setgid_group: 'postdrop',
    myhostname: 'postfix.test',
    mydestination: '',
    mynetworks: '127.0.0.0/8',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    alias_maps: '',
    virtual_mailbox_domains: 'example.org',
    virtual_mailbox_base: at('mail'),
    virtual_mailbox_maps: 'static:all/',
    virtual_minimum_uid: '100',
    virtual_uid_maps: `static:${MAIL_USER}`,
    virtual_gid_maps: `static:${MAIL_USER}`,
    maillog_file: at('log'),
    maillog_file_prefixes: folder,
  }
  writeFileSync(
    at('etc/main.cf'),
    Object.entries(settings)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join(''),
  )
  writeFileSync(
    at('etc/master.cf'),
    [`127.0.0.1:${port} inet n - n - - smtpd`, ...services].map((line) => `${line}\n`).join(''),
  )
  const run = (verb: string) => spawnSync(COMMAND, ['-c', at('etc'), verb], { stdio: 'ignore' }).status
  if (run('start') !== 0)
    throw new Error(`Postfix did not start: ${existsSync(at('log')) ? readFileSync(at('log'), 'utf8') : 'no log'}`)
  const box = at('mail/all/new')
  return {
    port,
    delivered: () => (existsSync(box) ? readdirSync(box).map((name) => readFileSync(join(box, name), 'latin1')) : []),
    stop() {
      run('stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
