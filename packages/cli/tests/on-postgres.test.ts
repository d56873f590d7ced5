import pg from 'pg'
import { afterAll, afterEach, expect, it } from 'vitest'
import { needs, urlOf } from '../../../tests/servers/needs.js'
import { hashPassword } from '../src/web/password-hash.js'
import { aFolder } from './a-folder.js'
import { endAll, mailwright } from './a-process.js'
import { aReceiver } from './a-receiver.js'
import { SECRET, SENDER, shop } from './a-shop.js'

const ROWS = 400

needs('postgres')('mailwright on Postgres', () => {
  const schema = `cli_${process.pid}_${Date.now()}`
  const folder = aFolder()
  folder.write('mailwright.config.json', JSON.stringify(shop))
  const base = (smtpUrl: string) => ({
    DATABASE_URL: urlOf('postgres'),
    DATABASE_SCHEMA: schema,
    MAIL_SECRET: SECRET,
    SMTP_URL: smtpUrl,
    HOST: '127.0.0.1',
    PORT: '0',
    PUBLIC_URL: 'https://mail.example',
  })

  afterEach(endAll)
  afterAll(async () => {
    const client = new pg.Client({ connectionString: urlOf('postgres') })
    await client.connect()
    await client.query(`drop schema if exists ${schema} cascade`)
    await client.end()
    folder.remove()
  })

  it('F16: refuses to start under MIGRATE=check before the migration, and several processes that migrate at once all come up', {
    timeout: 600_000,
  }, async () => {
    const env = { ...base('smtp://127.0.0.1:2'), MIGRATE: 'check' }
    const early = mailwright(['worker'], { env, cwd: folder.path })
    expect(await early.ended).toBe(1)
    expect(early.err).toContain('MIGRATIONS_PENDING')
    const all = [1, 2, 3].map(() => mailwright(['migrate'], { env, cwd: folder.path }))
    expect(await Promise.all(all.map(({ ended }) => ended))).toEqual([0, 0, 0])
    const working = mailwright(['worker'], { env, cwd: folder.path })
    await working.logged('working')
    working.signal('SIGTERM')
    expect(await working.ended).toBe(0)
  })

  it('F2: one process accepts and another sends; a SIGTERM in the middle of a batch loses nothing and sends nothing twice', {
    timeout: 600_000,
  }, async () => {
    const receiver = await aReceiver({ answerMs: 25 })
    const password = 'correct horse battery staple'
    const env = { ...base(receiver.url), CONSOLE_PASSWORD_HASH: await hashPassword(password) }
    const serving = mailwright(['serve', '--no-worker'], { env, cwd: folder.path })
    const { port } = await serving.logged('serving')
    const headers = {
      authorization: `Basic ${Buffer.from(`operator:${password}`).toString('base64')}`,
      'content-type': 'application/json',
    }
    const post = (path: string, body: unknown) =>
      fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })

    const lines = Array.from({ length: ROWS }, (_, row) => `reader${row}@person.example,Reader ${row}`)
    const imported = mailwright(['import', '--create', '--group', 'readers', '-'], {
      ...{ env, cwd: folder.path },
      input: ['email,name', ...lines, ''].join('\n'),
    })
    expect({ code: await imported.ended, out: imported.out }).toMatchObject({
      code: 0,
      out: expect.stringContaining(`${ROWS} valid`),
    })

    const first = mailwright(['worker'], { env, cwd: folder.path })
    await first.logged('working')
    const task = { type: 'immediate', template: 'welcome', group: 'readers', from: SENDER }
    expect((await post('/tasks', task)).status).toBe(201)
    await receiver.taken(40)
    first.signal('SIGTERM')
    expect(await first.ended).toBe(0)
    const before = receiver.recipients.length
    expect(before).toBeLessThan(ROWS)

    const second = mailwright(['worker'], { env, cwd: folder.path })
    await receiver.taken(ROWS)
    second.signal('SIGTERM')
    expect(await second.ended).toBe(0)
    serving.signal('SIGTERM')
    expect(await serving.ended).toBe(0)
    expect([...receiver.recipients].sort()).toEqual(lines.map((line) => line.split(',')[0]).sort())
    for (const { err } of [first, second, serving]) expect(err).not.toMatch(/@|"level":"error"/)
    await receiver.close()
  })
})
