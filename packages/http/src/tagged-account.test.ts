import { describe, expect, it } from 'vitest'
import { aHandler, jsonOf, refusalOf, SENDER, welcome } from '../tests/a-handler.js'

const growth = { account: 'default', role: 'admin', tags: { team: 'growth' } } as const
const NEWS = 'news.shop.example'

/** Two domains with a task each: one of the team, one of nobody. All requests come from the team. */
async function aTeam() {
  const { mail, ask, transport } = await aHandler({ authorize: () => growth })
  await mail.domains.create({ name: NEWS, trust: 'operator', tags: { team: 'growth', stage: 'live' } })
  await mail.senders.create({ address: `hi@${NEWS}` })
  await mail.groups.create({ name: 'readers' })
  await mail.groups.importCsv('readers', 'email,name\nann@example.org,Ann\n')
  const task = { type: 'scheduled', at: Date.now() + 86_400_000, timeZone: 'UTC' } as const
  const what = { ...task, template: 'welcome', group: 'readers' } as const
  const own = await mail.tasks.create({ ...what, from: `hi@${NEWS}`, tags: { team: 'growth' } })
  const foreign = await mail.tasks.create({ ...what, from: SENDER, tags: { team: 'core' } })
  return { mail, ask, transport, what, own: own.id, foreign: foreign.id }
}

const names = async (response: Response, field: 'name' | 'id') =>
  ((await jsonOf(response)).items as readonly Record<string, unknown>[]).map((item) => item[field])

describe('a caller with tags', () => {
  it('ACC-3, DIP-4: sees and moves only the domains and tasks that carry all of them', async () => {
    const { mail, ask, own, foreign } = await aTeam()
    expect(await names(await ask('/domains'), 'name')).toEqual([NEWS])
    expect(await names(await ask('/tasks'), 'id')).toEqual([own])
    expect((await ask(`/domains/${NEWS}`)).status).toBe(200)
    expect((await ask(`/tasks/${own}/pause`, { method: 'POST' })).status).toBe(200)
    for (const path of ['/domains/mail.shop.example', `/tasks/${foreign}`, `/tasks/${foreign}/runs`])
      expect(await refusalOf(await ask(path)), path).toEqual([404, 'NOT_FOUND'])
    for (const verb of ['pause', 'restart', 'cancel', 'cycle-off', 'retry-failed'])
      expect(await refusalOf(await ask(`/tasks/${foreign}/${verb}`, { method: 'POST' })), verb).toEqual([
        404,
        'NOT_FOUND',
      ])
    expect(await refusalOf(await ask('/domains/mail.shop.example/verify', { method: 'POST' }))).toEqual([
      404,
      'NOT_FOUND',
    ])
    expect((await mail.tasks.get(foreign)).state).toBe('to-start')
  })

  it('ACC-3, DIP-4: makes only what carries them', async () => {
    const { mail, ask, what } = await aTeam()
    const task = { ...what, from: `hi@${NEWS}` }
    for (const tags of [undefined, {}, { team: 'core' }, 'team']) {
      expect(await refusalOf(await ask('/tasks', { json: { ...task, tags } }))).toEqual([403, 'FORBIDDEN'])
      expect(await refusalOf(await ask('/domains', { json: { name: 'x.example', tags } }))).toEqual([403, 'FORBIDDEN'])
    }
    expect((await ask('/tasks', { json: { ...task, tags: { team: 'growth', cost: '7' } } })).status).toBe(201)
    expect((await mail.tasks.list()).items).toHaveLength(3)
  })

  it('ACC-3, DIP-4: sends only from their domains, however the sender is written', async () => {
    const { ask, transport, mail, what } = await aTeam()
    const foreign = [SENDER, `Shop <${SENDER}>`, `"hi@${NEWS}" <${SENDER}>`, `${SENDER} (hi@${NEWS})`, 'nobody', 7]
    for (const from of foreign) {
      for (const [path, json] of [
        ['/send', { ...welcome, from }],
        ['/send-regular', { ...welcome, from, to: ['ann@example.org'] }],
        ['/tasks', { ...what, from, tags: { team: 'growth' } }],
        ['/tasks/plan', { from, template: 'welcome', group: 'readers' }],
        ['/tasks/test-send', { from, template: 'welcome', group: 'readers', to: 'ann@example.org' }],
        ['/senders', { address: from }],
      ] as const)
        expect((await ask(path, { json })).status, `${path} ${from}`).toBeOneOf([403, 404])
    }
    expect((await ask('/send', { json: { ...welcome, from: `News <hi@${NEWS}>` } })).status).toBe(201)
    await mail.tick()
    expect(transport.messages.map(({ envelope }) => envelope.to)).toEqual([['ann@example.org']])
  })

  it('ACC-3, DIP-4: is refused what spans the account', async () => {
    const { ask } = await aTeam()
    for (const path of ['/deliveries/messages', '/deliveries/messages/x/timeline', '/senders', '/blocklist/custom'])
      expect((await ask(path)).status, path).toBeOneOf([403, 404])
    expect((await ask(`/senders?domain=${NEWS}`)).status).toBe(200)
    expect((await ask('/senders?domain=mail.shop.example')).status).toBe(404)
    expect((await ask('/templates')).status).toBe(200)
  })
})
