import { MailError, type Role, roleAllows } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aHandler, jsonOf, refusalOf, welcome } from '../tests/a-handler.js'
import { createHttpHandler } from './create-http-handler.js'
import { routes } from './routes/index.js'

const guarded = routes
  .filter(({ verb }) => verb !== 'public')
  .map(({ verb, method, path }) => ({ verb, method, path: path.replaceAll(/:\w+/g, 'x') }))
const managed = guarded.flatMap(({ verb, ...place }) =>
  verb === 'public' || verb === 'operator' || verb === 'description' || verb === 'console' ? [] : [{ verb, ...place }],
)
const roles: readonly Role[] = ['viewer', 'sender', 'admin']

describe('who may call', () => {
  const shared = aHandler()

  it('ACC-3: without authorize there is no handler', async () => {
    const { mail } = await aHandler()
    // @ts-expect-error a host written in JavaScript may leave it out
    expect(() => createHttpHandler(mail, {})).toThrow(
      expect.objectContaining({ code: 'OPTIONS_INVALID', details: expect.objectContaining({ field: 'authorize' }) }),
    )
  })

  it.each(guarded)('ACC-3, T17: $method $path refuses whom authorize does not know', async ({ method, path }) => {
    const { ask } = await shared
    expect(await refusalOf(await ask(path, { method, as: null }))).toEqual([401, 'UNAUTHENTICATED'])
  })

  it.each(managed)('ACC-3: $method $path needs a role that may $verb', async ({ method, path, verb }) => {
    const { ask } = await shared
    for (const role of roles) {
      const response = await ask(path, { method, as: `default/${role}` })
      if (roleAllows(role, verb)) expect(response.status, role).not.toBe(403)
      else expect(await refusalOf(response), role).toEqual([403, 'FORBIDDEN'])
    }
  })

  it.each(guarded.filter(({ verb }) => verb === 'operator'))(
    'ACC-3: $method $path is for operators only, whatever the role',
    async ({ method, path }) => {
      const { ask } = await shared
      expect(await refusalOf(await ask(path, { method, as: 'default/admin' }))).toEqual([403, 'FORBIDDEN'])
    },
  )

  it.each(['default/owner', 'default/', '../etc/admin', '/admin'])(
    'ACC-3: an authorize that answers %s is the host’s mistake and lets nobody in',
    async (as) => {
      const { ask, errors } = await aHandler()
      expect(await refusalOf(await ask('/tasks', { as }))).toEqual([500, 'OPTIONS_INVALID'])
      expect(errors).toHaveLength(1)
    },
  )

  it('ACC-3: an authorize that throws lets nobody in, and the answer does not say why', async () => {
    const { ask, errors } = await aHandler({
      authorize: () => {
        throw new Error('ldap://secret-host is down')
      },
    })
    const response = await ask('/tasks')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('ldap')
    expect(errors).toHaveLength(1)
  })

  it('authorize cannot take the body from the route', async () => {
    const { ask } = await aHandler({
      authorize: async (request) => {
        await request.text()
        return { account: 'default', role: 'admin' }
      },
    })
    expect((await ask('/send', { json: welcome })).status).toBe(201)
  })
})

describe('accounts', () => {
  it('ACC-2: a foreign id answers exactly as an absent one', async () => {
    const { ask, mail } = await aHandler()
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', 'email,name\nann@example.org,Ann\n')
    const { id: task } = await mail.tasks.create({
      type: 'immediate',
      from: welcome.from,
      template: 'welcome',
      group: 'readers',
    })
    const sent = await mail.send(welcome)
    const domain = (await mail.domains.list()).items[0]?.id ?? ''
    const template = (await mail.templates.list()).items[0]?.id ?? ''
    const places = [
      ['GET', '/tasks/:', task],
      ['GET', '/tasks/:/runs', task],
      ['POST', '/tasks/:/pause', task],
      ['POST', '/tasks/:/restart', task],
      ['POST', '/tasks/:/cancel', task],
      ['POST', '/tasks/:/cycle-off', task],
      ['POST', '/tasks/:/retry-failed', task],
      ['GET', '/groups/:', 'readers'],
      ['GET', '/groups/:/recipients', 'readers'],
      ['GET', '/templates/:', template],
      ['GET', '/domains/:', domain],
      ['POST', '/domains/:/verify', domain],
      ['GET', '/deliveries/messages/:/timeline', sent.messages[0]?.id ?? ''],
    ] as const
    const absentId = '0193e6a0-0000-7000-8000-000000000000'
    for (const [method, path, id] of places) {
      const foreign = await ask(path.replace(':', id), { method, as: 'other/admin' })
      const absent = await ask(path.replace(':', absentId), { method, as: 'other/admin' })
      expect(foreign.status, path).toBe(404)
      expect((await foreign.text()).replace(id, absentId), path).toBe(await absent.text())
    }
    for (const path of ['/tasks', '/groups', '/templates', '/senders', '/domains', '/deliveries/messages']) {
      expect(await jsonOf(await ask(path, { as: 'other/admin' })), path).toEqual({ items: [], next: null })
      expect((await jsonOf(await ask(path))).items, path).not.toEqual([])
    }
    expect((await mail.tasks.get(task)).state).not.toBe('cancelled')
  })

  it('ACC-2: the account comes from authorize, whatever the request says', async () => {
    const { ask, mail } = await aHandler()
    const json = { name: 'mine', account: 'default' }
    expect(await refusalOf(await ask('/groups', { json, as: 'other/sender' }))).toEqual([400, 'INPUT_INVALID'])
    const headers = { 'x-account': 'default' }
    await ask('/groups?account=default', { json: { name: 'mine' }, headers, as: 'other/sender' })
    expect((await mail.groups.list()).items).toEqual([])
    expect((await mail.account('other').groups.list()).items).toHaveLength(1)
  })
})

describe('refusals', () => {
  it('are problem details (RFC 9457) with the code of the table', async () => {
    const { ask } = await aHandler()
    const response = await ask('/send', { json: { ...welcome, variables: {} } })
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await jsonOf(response)).toMatchObject({
      type: 'urn:mailwright:error:VARIABLES_MISMATCH',
      status: response.status,
      code: 'VARIABLES_MISMATCH',
      title: expect.stringContaining('variables'),
      detail: expect.stringContaining('variables'),
      details: { missing: ['name'] },
    })
  })

  it('ERR-3: name the field and the nearest one there is', async () => {
    const { ask } = await aHandler()
    expect(await jsonOf(await ask('/groups', { json: { nmae: 'x' } }))).toMatchObject({
      details: { problems: expect.arrayContaining([expect.objectContaining({ field: 'nmae', nearest: 'name' })]) },
      detail: expect.stringContaining('did you mean name?'),
    })
    expect(await jsonOf(await ask('/tasks?limit=many'))).toMatchObject({ details: { field: 'limit' } })
    expect(await jsonOf(await ask('/tasks?limit=1&limit=2'))).toMatchObject({ details: { field: 'limit' } })
  })

  it('ERR-2: tell nothing of what fails inside', async () => {
    const cause = new Error('password authentication failed for user "mailer" at 10.0.0.7')
    for (const thrown of [
      cause,
      new MailError('STORAGE_UNAVAILABLE', { host: '10.0.0.7', user: 'mailer' }, { cause }),
      { code: 'toString' },
    ]) {
      const { ask, errors } = await aHandler({
        authorize: () => {
          throw thrown
        },
      })
      const response = await ask('/tasks')
      const text = await response.text()
      expect(response.status).toBeGreaterThanOrEqual(500)
      for (const secret of ['10.0.0.7', 'mailer', 'password', '.ts:', '\\n']) expect(text).not.toContain(secret)
      expect(errors).toEqual([thrown])
    }
  })

  it('of a path and of a method', async () => {
    const { ask } = await aHandler()
    expect(await refusalOf(await ask('/nothing'))).toEqual([404, 'ROUTE_UNKNOWN'])
    const wrong = await ask('/send')
    expect(wrong.headers.get('allow')).toBe('POST')
    expect(await refusalOf(wrong)).toEqual([405, 'METHOD_NOT_ALLOWED'])
  })

  it('of everything outside the base path', async () => {
    const { ask } = await aHandler({ basePath: '/mail' })
    expect((await ask('/mail/health')).status).toBe(200)
    for (const path of ['/health', '/mailbox/health', '/mail', '/']) expect((await ask(path)).status, path).toBe(404)
  })

  it.each([{ basePath: 'mail' }, { basePath: '/mail/' }, { maxBodyBytes: 0 }, { autorize: true }])(
    'of the options %o',
    async (wrong) => {
      await expect(aHandler(wrong)).rejects.toMatchObject({ code: 'OPTIONS_INVALID' })
    },
  )
})
