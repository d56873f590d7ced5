import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Io } from './io.js'
import { run } from './run.js'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const aFolder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'mailwright-run-'))
  folders.push(path)
  return path
}

interface Given {
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, string>>
  readonly input?: string
}

/** One command line in this process, in a folder of its own: the code and what was said. */
async function ran(args: readonly string[], { env = {}, files = {}, input = '' }: Given = {}) {
  const cwd = aFolder()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text)
  const out: string[] = []
  const err: string[] = []
  const io: Io = {
    env,
    cwd,
    stdin: (async function* () {
      yield Buffer.from(input)
    })(),
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    onSignal: () => () => undefined,
  }
  return { code: await run(args, io), out: out.join('\n'), err: err.join('\n') }
}

describe('the command line', () => {
  it('says its version, and its commands and variables in the help', async () => {
    expect(await ran(['--version'])).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+$/), err: '' })
    const help = await ran(['--help'])
    expect(help.code).toBe(0)
    for (const word of ['serve', 'worker', 'migrate', 'doctor', 'import', 'send-test', 'MAIL_SECRET[_FILE]', 'PORT'])
      expect(help.out).toContain(word)
    expect((await ran(['import', '--help'])).out).toContain('--mode append|replace')
  })

  it('ends with 2 for a call without a command, and shows how one is made', async () => {
    expect(await ran([])).toMatchObject({ code: 2, out: expect.stringContaining('send-test') })
  })

  it.each([
    [['doctr'], {}, 'did you mean doctor?'],
    [['doctor', '--jsn'], {}, 'did you mean --json?'],
    [['doctor', 'extra'], {}, 'flags only'],
    [['doctor', '--storage'], {}, 'a value behind each flag'],
    [['doctor', '--storage', 'postgres://u:p@h/d'], {}, '--storage: pglite:FOLDER'],
    [['migrate'], {}, 'DATABASE_URL: postgres://'],
    [['migrate'], { DATABSE_URL: 'postgres://h/d' }, 'DATABSE_URL is set, which is not read'],
    [['migrate'], { DATABASE_URL: 'mysql://h/d' }, 'DATABASE_URL: postgres://'],
    [['doctor', '--storage', 'pglite:d'], {}, 'MAIL_SECRET: at least 16'],
    [['doctor', '--storage', 'pglite:d'], { MAIL_SECRET: 'short' }, 'MAIL_SECRET: at least 16'],
    [['doctor', '--storage', 'pglite:d'], { MAIL_SECRET: 'long enough for this' }, 'SMTP_URL: the relay'],
    [['worker'], { PORT: '65536' }, 'PORT: a whole number from 0 to 65535'],
    [['worker'], { LOG_LEVEL: 'waring' }, 'did you mean warn?'],
    [['serve'], { MIGRATE: 'never' }, 'MIGRATE: one of auto, check'],
    [['serve'], { BASE_PATH: 'mail/' }, 'BASE_PATH: a path such as /mail'],
    [['serve'], { PUBLIC_URL: 'ftp://x' }, 'PUBLIC_URL: an https://'],
    [['serve'], { CONSOLE_PASSWORD_HASH: 'in plain' }, 'CONSOLE_PASSWORD_HASH: what `mailwright hash-password` prints'],
    [['serve', '--config', 'none.mjs'], {}, '--config: the path'],
    [['import', '--group', 'g'], {}, 'FILE: one CSV file'],
    [['import', '--mode', 'merge'], {}, '--mode: append or replace'],
    [['send-test', '--to', 'a@b.example'], {}, '--from: one of'],
    [['hash-password'], {}, 'stdin: a line with a password'],
  ] as const)('ends with 2 and names what is wrong: %j %j', async (args, env, said) => {
    const { code, out, err } = await ran(args, { env })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(said)
  })

  it('T23: repeats no value of a variable, a flag or a configuration file', async () => {
    const canary = 'canary-7Wq'
    const all = {
      DATABASE_URL: canary,
      SMTP_URL: canary,
      MAIL_SECRET: canary,
      CONSOLE_PASSWORD_HASH: canary,
      PORT: canary,
    }
    const smtp = { DATABASE_URL: 'pglite:d', MAIL_SECRET: `long ${canary} enough`, SMTP_URL: `smtp://u:${canary}%@h/x` }
    const said = await Promise.all([
      ...Object.entries(all).map(([name, value]) => ran(['doctor'], { env: { [name]: value } })),
      ran(['doctor'], { env: smtp }),
      ran(['doctor', '--storage', `postgres://u:${canary}@h/d`]),
      ran(['doctor', `--storge=${canary}`]),
      ran(['doctor'], { files: { 'mailwright.config.json': `{"secret": "${canary}" "x"}` } }),
      ran(['doctor'], {
        env: {
          DATABASE_URL: `postgres://u:${canary}@127.0.0.1:1/d`,
          MAIL_SECRET: canary.repeat(2),
          SMTP_URL: `smtp://u:${canary}@127.0.0.1:2`,
        },
      }),
    ])
    for (const { code, out, err } of said) {
      expect(code).toBeGreaterThan(0)
      expect(out + err).not.toContain(canary)
      expect(err).not.toBe('')
    }
  })
})

describe('configuration', () => {
  const env = { MAIL_SECRET: 'a secret only for the tests', SMTP_URL: 'smtp://127.0.0.1:2' }

  it('reads a secret from the file that NAME_FILE names, and not beside NAME', async () => {
    const folder = aFolder()
    writeFileSync(join(folder, 'secret'), 'a secret of a mounted file\n')
    const filed = { MAIL_SECRET_FILE: join(folder, 'secret'), SMTP_URL: env.SMTP_URL, DATABASE_URL: 'pglite:d' }
    expect((await ran(['doctor'], { env: filed })).out).toContain('MIGRATIONS_PENDING')
    const both = await ran(['doctor'], { env: { ...filed, MAIL_SECRET: env.MAIL_SECRET } })
    expect(both).toMatchObject({ code: 2, err: expect.stringContaining('not set together with MAIL_SECRET') })
    const none = await ran(['doctor'], { env: { MAIL_SECRET_FILE: join(folder, 'absent') } })
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('MAIL_SECRET_FILE: the path') })
  })

  it('takes a file in place of the environment, as JSON or as a function of the environment, and names its unknown options', async () => {
    const json = JSON.stringify({ ...{ storage: 'pglite:d' }, secret: env.MAIL_SECRET, transport: env.SMTP_URL })
    expect((await ran(['doctor'], { files: { 'mailwright.config.json': json } })).out).toContain('MIGRATIONS_PENDING')
    const made = `export default (env) => ({ storage: env.WHERE, publicUrll: 'https://x.example' })`
    const wrong = await ran(['doctor'], {
      env: { ...env, WHERE: 'pglite:d' },
      files: { 'mailwright.config.mjs': made },
    })
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('did you mean publicUrl?') })
  })

  it('hashes a password of stdin, differently each time', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(() => ran(['hash-password'], { input: 'correct horse battery\n' })),
    )
    expect(one?.out).toMatch(/^scrypt\.\d+\.[\w-]+\.[\w-]+$/)
    expect(one?.out).not.toBe(other?.out)
  })
})
