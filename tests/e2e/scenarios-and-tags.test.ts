import { describe, expect, it } from 'vitest'
import { aService, aTask, DOMAIN, SENDER, welcome } from './a-service.js'

const mixed = { code: 'SCENARIO_MIXED', scenario: 'marketing', domainScenario: 'transactional' }

describe('scenarios', () => {
  it('DIP-4: a send that differs from its domain warns in its answer and goes out', async () => {
    const { mail, transport } = await aService()
    expect((await mail.send({ ...welcome, to: 'ann@office.example' })).warnings).toEqual([])
    expect(await mail.domains.setScenario(DOMAIN, { scenario: 'transactional' })).toMatchObject({
      scenario: 'transactional',
    })
    expect((await mail.send({ ...welcome, to: 'ann@office.example' })).warnings).toEqual([])
    const answer = await mail.send({ ...welcome, to: 'bob@office.example', scenario: 'marketing' })
    expect(answer.warnings).toEqual([mixed])
    const regular = await mail.sendRegular({ ...welcome, to: 'bob@office.example', scenario: 'marketing' })
    expect(regular.warnings).toEqual([mixed])
    await mail.tick()
    expect(transport.count).toBe(4)
  })

  it('DIP-4: a task is for marketing unless it says otherwise; plan and view warn of a domain that is not', async () => {
    const service = await aService()
    const { mail } = service
    await mail.domains.setScenario(DOMAIN, { scenario: 'transactional' })
    const { id } = await aTask(service, 2)
    expect(await mail.tasks.get(id)).toMatchObject({ scenario: 'marketing', warnings: [mixed] })
    const task = { from: SENDER, template: 'welcome', group: 'readers' } as const
    const { code: _, ...warning } = mixed
    expect((await mail.tasks.plan(task)).warnings).toContainEqual({ type: 'scenario-mixed', ...warning })
    const fitting = { ...task, scenario: 'transactional' } as const
    expect((await mail.tasks.plan(fitting)).warnings).not.toContainEqual(
      expect.objectContaining({ type: 'scenario-mixed' }),
    )
    const other = await mail.tasks.create({ type: 'immediate', ...fitting })
    expect(await mail.tasks.get(other.id)).toMatchObject({ scenario: 'transactional', warnings: [] })
  })

  it('DIP-4: with strictScenario both are refused, and nothing is stored', async () => {
    const service = await aService({ policy: { strictScenario: true } })
    const { mail } = service
    await mail.domains.setScenario(DOMAIN, { scenario: 'notification' })
    const refusal = { code: 'SCENARIO_MIXED', details: { nearest: 'notification' } }
    await expect(mail.send({ ...welcome, to: 'ann@office.example' })).rejects.toMatchObject(refusal)
    await expect(aTask(service, 2)).rejects.toMatchObject(refusal)
    expect((await mail.deliveries.messages()).items).toEqual([])
    expect((await mail.tasks.list()).items).toEqual([])
    await mail.domains.setScenario(DOMAIN, { scenario: null })
    await mail.send({ ...welcome, to: 'ann@office.example' })
  })
})

describe('tags', () => {
  it('DIP-4: domains and tasks carry them from creation on, and lists are asked by key or by value', async () => {
    const service = await aService()
    const { mail } = service
    await mail.domains.create({ name: 'news.shop.example', trust: 'operator', tags: { team: 'growth' } })
    await mail.domains.setTags(DOMAIN, { team: 'core', stage: 'live' })
    const names = async (tag?: { key: string; value?: string }) =>
      (await mail.domains.list(tag ? { tag } : {})).items.map(({ name }) => name)
    expect(await names({ key: 'team' })).toEqual(['news.shop.example', DOMAIN])
    expect(await names({ key: 'team', value: 'growth' })).toEqual(['news.shop.example'])
    expect(await names({ key: 'stage', value: 'test' })).toEqual([])
    await mail.domains.setTags('news.shop.example', {})
    expect(await names({ key: 'team' })).toEqual([DOMAIN])
    expect(await names()).toHaveLength(2)
    const { id } = await aTask(service, 1)
    expect(await mail.tasks.setTags(id, { team: 'growth' })).toMatchObject({ tags: { team: 'growth' } })
    expect((await mail.tasks.list({ tag: { key: 'team', value: 'growth' } })).items).toMatchObject([{ id }])
    expect((await mail.tasks.list({ tag: { key: 'team', value: 'core' } })).items).toEqual([])
  })

  it('DIP-4: pages by tag miss nothing, double nothing, and are never longer than asked for', async () => {
    const { mail } = await aService()
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', 'email,name\na@readers.example,A\n')
    const task = { type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' } as const
    const wanted: string[] = []
    for (let at = 0; at < 60; at += 1) {
      const { id } = await mail.tasks.create({ ...task, tags: { third: String(at % 3) } })
      if (at % 3 === 0) wanted.push(id)
    }
    const found: string[] = []
    let cursor: string | undefined
    do {
      const page = await mail.tasks.list({ tag: { key: 'third', value: '0' }, limit: 4, ...(cursor ? { cursor } : {}) })
      expect(page.items.length).toBeLessThanOrEqual(4)
      found.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(found).toEqual(wanted.toReversed())
  })

  it('DIP-4: too many or too long ones are refused wherever they are given', async () => {
    const service = await aService()
    const { mail } = service
    const long = { team: 'v'.repeat(257) }
    const refusal = { code: 'INPUT_INVALID', details: { field: 'tags', nearest: 256 } }
    await expect(mail.domains.setTags(DOMAIN, long)).rejects.toMatchObject(refusal)
    await expect(mail.domains.create({ name: 'x.shop.example', tags: long })).rejects.toMatchObject(refusal)
    const { id } = await aTask(service, 1)
    await expect(mail.tasks.setTags(id, long)).rejects.toMatchObject(refusal)
  })
})
