import { afterEach, describe, expect, it } from 'vitest'
import { hashPassword } from '../src/web/password-hash.js'
import { aFolder } from './a-folder.js'
import { endAll, mailwright } from './a-process.js'
import { aReceiver } from './a-receiver.js'
import { SECRET, SENDER, shop } from './a-shop.js'

const PASSWORD = 'correct horse battery staple'
const basic = (password: string) => ({
  authorization: `Basic ${Buffer.from(`operator:${password}`).toString('base64')}`,
})
const json = { 'content-type': 'application/json' }

describe('mailwright on an embedded database', () => {
  afterEach(endAll)

  it('migrates, imports, sends a test, and says what to mend, each as a process of its own', {
    timeout: 600_000,
  }, async () => {
    const [folder, receiver] = [aFolder(), await aReceiver()]
    folder.write('mailwright.config.json', JSON.stringify(shop))
    folder.write('list.csv', 'email,name\nann@person.example,Ann\nbob@person.example,Bob\nnobody,Nobody\n')
    const env = { MAIL_SECRET: SECRET, SMTP_URL: receiver.url, DATABASE_URL: 'pglite:data', PORT: '0' }
    const ran = async (args: readonly string[], input?: string) => {
      const running = mailwright(args, { env, cwd: folder.path, ...(input === undefined ? {} : { input }) })
      return { code: await running.ended, out: running.out, err: running.err }
    }
    try {
      expect(await ran(['migrate', '--check'])).toMatchObject({ code: 1, out: expect.stringContaining('1 tables') })
      expect(await ran(['migrate'])).toMatchObject({ code: 0, err: '' })
      expect(await ran(['migrate', '--check'])).toMatchObject({ code: 0, out: 'The schema is up to date.\n' })

      const imported = await ran(
        ['import', '--create', '--group', 'readers', 'list.csv', '-'],
        'email,name\neve@person.example,Eve\n',
      )
      expect(imported).toMatchObject({ code: 0, err: '' })
      expect(imported.out).toContain('list.csv: 3 total, 2 valid, 0 empty, 0 repeated, 1 invalid')
      expect(imported.out).toContain('line 4: invalid-address')
      expect(imported.out).toContain('-: 1 total, 1 valid')
      expect(imported.out).not.toContain('@')
      expect((await ran(['import', '--group', 'strangers', 'list.csv'])).code).toBe(1)

      // The worker makes what its configuration file names; then the sender is there for the test.
      const working = mailwright(['worker'], { env, cwd: folder.path })
      await working.logged('working')
      const rival = await ran(['doctor'])
      expect(rival).toMatchObject({ code: 1, err: expect.stringContaining('STORAGE_IN_USE') })
      working.signal('SIGTERM')
      expect(await working.ended).toBe(0)

      const to = ['--from', SENDER, '--to', 'me@operator.example']
      const tested = await ran(['send-test', ...to, '--template', 'welcome', '--var', 'name=Me'])
      expect(tested).toMatchObject({ code: 0, out: expect.stringMatching(/^delivered .*250/) })
      expect(receiver.recipients).toEqual(['me@operator.example'])
      expect(
        await ran(['send-test', '--from', 'other@mail.shop.example', '--to', 'me@operator.example']),
      ).toMatchObject({ code: 1 })

      const found = await ran(['doctor', '--json'])
      expect(JSON.parse(found.out)).toContainEqual(expect.objectContaining({ code: 'NO_PUBLIC_URL', level: 'warning' }))
    } finally {
      await endAll()
      await receiver.close()
      folder.remove()
    }
  })

  it('T17: serves nobody without a login, the console to its operator, and the API to keys made there', {
    timeout: 600_000,
  }, async () => {
    const [folder, receiver] = [aFolder(), await aReceiver()]
    folder.write('mailwright.config.json', JSON.stringify(shop))
    const open = {
      ...{ MAIL_SECRET: SECRET, SMTP_URL: receiver.url, DATABASE_URL: 'pglite:data', HOST: '127.0.0.1', PORT: '0' },
      PUBLIC_URL: 'https://mail.example/deep',
    }
    try {
      const refused = mailwright(['serve'], { env: open, cwd: folder.path })
      expect(await refused.ended).toBe(2)
      expect(refused.err).toContain('nobody could sign in')

      const env = { ...open, CONSOLE_PASSWORD_HASH: await hashPassword(PASSWORD) }
      const serving = mailwright(['serve'], { env, cwd: folder.path })
      const { port } = await serving.logged('serving')
      const at = (path: string, init?: RequestInit) =>
        fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init })

      expect((await at('/livez')).status).toBe(200)
      expect(await (await at('/readyz')).json()).toMatchObject({ ok: true, storage: 'up' })
      expect((await at('/')).headers.get('location')).toBe('/deep/console/')
      for (const headers of [{}, basic('wrong password here'), { authorization: 'Basic !' }]) {
        const answer = await at('/deep/console/', { headers })
        expect({ status: answer.status, asks: answer.headers.get('www-authenticate') }).toMatchObject({
          status: 401,
          asks: expect.stringContaining('Basic realm'),
        })
      }
      const caller = await at('/deep/caller', { headers: basic(PASSWORD) })
      expect(await caller.json()).toMatchObject({ role: 'admin' })
      const body = JSON.stringify({ name: 'shop', role: 'sender' })
      const foreign = { ...basic(PASSWORD), ...json, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
      expect((await at('/deep/api-keys', { method: 'POST', headers: foreign, body })).status).toBe(403)
      const made = await at('/deep/api-keys', { method: 'POST', headers: { ...basic(PASSWORD), ...json }, body })
      const { key } = (await made.json()) as { readonly key: string }
      const bearer = { authorization: `Bearer ${key}`, ...json }
      const mail = JSON.stringify({
        from: SENDER,
        to: 'ann@person.example',
        template: 'welcome',
        variables: { name: 'Ann' },
      })
      expect((await at('/deep/send', { method: 'POST', headers: bearer, body: mail })).status).toBe(201)
      await receiver.taken(1)
      const stranger = await at('/deep/send', {
        method: 'POST',
        headers: { ...bearer, authorization: 'Bearer x' },
        body: mail,
      })
      expect({ status: stranger.status, asks: stranger.headers.get('www-authenticate') }).toEqual({
        status: 401,
        asks: null,
      })

      serving.signal('SIGINT')
      expect(await serving.ended).toBe(0)
      expect(receiver.recipients).toEqual(['ann@person.example'])
      expect(serving.err).not.toContain('@')
    } finally {
      await endAll()
      await receiver.close()
      folder.remove()
    }
  })
})
