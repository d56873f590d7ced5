import { describe, expect, it } from 'vitest'
import { aClock, aContext, type TestContext } from '../../../tests/a-context.js'
import { isMailError } from '../../errors/mail-error.js'
import type { PolicyInput } from '../../use-cases/policy.js'
import { find } from '../../use-cases/stored.js'
import { type GroupsNamespace, groupsOf } from './groups.js'
import { templatesOf } from './templates.js'

const codeOf = (call: Promise<unknown>): Promise<string | null> =>
  call.then(
    () => null,
    (error: unknown) => (isMailError(error) ? error.code : String(error)),
  )

async function aGroup(policy: PolicyInput = {}) {
  const ctx = aContext({ policy })
  const groups = groupsOf(ctx, 'acme')
  const { id } = await groups.create({ name: 'Readers' })
  return { ctx, groups, id }
}

/** `email` and `name` for people `from` to `to`, excluded. */
const people = (from: number, to: number): string =>
  ['email,name', ...Array.from({ length: to - from }, (_, at) => `p${from + at}@example.org,P${from + at}`)].join('\n')

async function addresses(groups: GroupsNamespace, group = 'Readers', limit = 1_000): Promise<readonly string[]> {
  const found: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await groups.recipients(group, { limit, ...(cursor ? { cursor } : {}) })
    found.push(...page.items.map(({ address }) => address))
    cursor = page.next
  }
  return found
}

/** What the storage keeps of a generation, visible or not. */
const stored = async (ctx: TestContext, group: string, generation: number, lane = 'other') =>
  (await ctx.storage.read.recipients({ group, generation, lane, from: 0, to: 1_000_000 })).length

function aGate() {
  let open: (error?: Error) => void = () => undefined
  const opened = new Promise<void>((resolve, reject) => {
    open = (error) => (error ? reject(error) : resolve())
  })
  return { opened, open: () => open(), fail: (error: Error) => open(error) }
}

/** A file that comes in two parts; the second only when the test lets it. */
function slowFile(first: string, second: string) {
  const [asked, gate] = [aGate(), aGate()]
  async function* file() {
    yield first
    asked.open()
    await gate.opened
    yield second
  }
  return { file: file(), waiting: asked.opened, go: gate.open, fail: gate.fail }
}

const hold = (ref: string, on: boolean) =>
  ({ guards: [], changes: [{ type: 'hold', kind: 'group', account: 'acme', ref, by: 'task-1', on } as const] }) as const

describe('groups', () => {
  it('GRP-1: a name is unique in the account and has 1 to 100 characters, a description at most 300', async () => {
    const { ctx, groups, id } = await aGroup()
    expect(await groups.get(id)).toMatchObject({ name: 'Readers', state: 'empty', rows: 0, variables: null })
    expect(await codeOf(groups.create({ name: ' Readers ' }))).toBe('ALREADY_EXISTS')
    expect(await codeOf(groupsOf(ctx, 'other').create({ name: 'Readers' }))).toBeNull()
    for (const wrong of [{ name: ' ' }, { name: 'x'.repeat(101) }, { name: 'a', description: 'x'.repeat(301) }])
      expect(await codeOf(groups.create(wrong))).toBe('INPUT_INVALID')
    expect((await groups.list()).items.map(({ name }) => name)).toEqual(['Readers'])
    expect(await codeOf(groupsOf(ctx, 'other').get(id))).toBe('NOT_FOUND')
  })

  it('GRP-3: takes a file whole or in pieces, and shows each recipient with its values, page by page', async () => {
    const { groups } = await aGroup()
    async function* pieces() {
      yield Buffer.from('﻿Email;name\r\nann@gmail.com;"A')
      yield Buffer.from('nn\nB"\r\nbob@example.org;=1+1\r\ncy@gmail.com;')
    }
    expect(await groups.importCsv('Readers', pieces())).toMatchObject({ total: 3, valid: 3 })
    expect(await groups.get('Readers')).toMatchObject({ state: 'ready', rows: 3, variables: ['name'] })
    const first = await groups.recipients('Readers', { limit: 1 })
    expect(first.items).toEqual([{ address: 'ann@gmail.com', values: { name: 'Ann\nB' } }])
    const rest = await groups.recipients('Readers', { limit: 5, cursor: first.next ?? '' })
    expect(rest).toEqual({
      items: [
        { address: 'cy@gmail.com', values: { name: '' } },
        { address: 'bob@example.org', values: { name: '=1+1' } },
      ],
      next: null,
    })
    expect(await addresses(groups, 'Readers', 1)).toEqual(['ann@gmail.com', 'cy@gmail.com', 'bob@example.org'])
  })

  it('GRP-4: counts rows by reason; repeats in the file or against the group are skipped', async () => {
    const { groups } = await aGroup()
    await groups.importCsv('Readers', 'email,name\nann@example.org,A\n')
    const file = ['email,name', 'ANN@example.org,again', 'bob@example.org,B', 'Bob@Example.org,again', ',x', 'no,x']
    const report = await groups.importCsv('Readers', [...file, `cy@example.org,${'x'.repeat(800)}`].join('\n'))
    expect(report).toEqual({
      total: 6,
      valid: 1,
      empty: 1,
      repeated: 2,
      invalid: 1,
      tooLong: 1,
      rows: [
        { line: 2, reason: 'repeated' },
        { line: 4, reason: 'repeated' },
        { line: 5, reason: 'empty' },
        { line: 6, reason: 'invalid-address' },
        { line: 7, reason: 'too-long' },
      ],
    })
    expect(await addresses(groups)).toEqual(['ann@example.org', 'bob@example.org'])
  })

  it('GRP-4: an error far down the file leaves nothing of it behind, in either mode', async () => {
    const { ctx, groups, id } = await aGroup()
    await groups.importCsv('Readers', people(0, 3))
    const before = await groups.get(id)
    for (const mode of ['append', 'replace'] as const) {
      const broken = `${people(10, 2_510)}\nlast@example.org,"never closed`
      expect(await codeOf(groups.importCsv('Readers', broken, { mode }))).toBe('CSV_ROW_INVALID')
      expect(await groups.get(id)).toEqual(before)
      expect([await stored(ctx, id, 0), await stored(ctx, id, 1), await stored(ctx, id, 2)]).toEqual([3, 0, 0])
    }
    expect(await groups.importCsv('Readers', people(10, 12))).toMatchObject({ valid: 2, repeated: 0 })
    expect(await addresses(groups)).toHaveLength(5)
  })

  it('GRP-4: a source that fails while it is read leaves the group as it was', async () => {
    const { ctx, groups, id } = await aGroup()
    const slow = slowFile(people(0, 1_500), '')
    const running = codeOf(groups.importCsv('Readers', slow.file))
    await slow.waiting
    expect((await groups.get(id)).state).toBe('importing')
    slow.fail(new Error('connection reset'))
    expect(await running).toContain('connection reset')
    expect(await groups.get(id)).toMatchObject({ state: 'empty', rows: 0 })
    expect(await stored(ctx, id, 0)).toBe(0)
  })

  it('GRP-4: reads on while rows are stored, and takes nothing back before they are', async () => {
    const { ctx, id } = await aGroup()
    const log: string[] = []
    const [storing, readOn] = [aGate(), aGate()]
    const apply: TestContext['storage']['apply'] = async (bundles, options) => {
      const types = bundles.flatMap(({ changes }) => changes.map(({ type }) => type))
      if (types.includes('recipients.drop')) log.push('takes back')
      if (!types.includes('recipients.append')) return ctx.storage.apply(bundles, options)
      log.push('stores')
      storing.open()
      await readOn.opened
      const results = await ctx.storage.apply(bundles, options)
      log.push('has stored')
      return results
    }
    async function* file() {
      yield people(0, 2_500)
      await storing.opened
      log.push('reads on')
      readOn.open()
      throw new Error('connection reset')
    }
    const groups = groupsOf({ ...ctx, storage: { ...ctx.storage, apply } }, 'acme')
    expect(await codeOf(groups.importCsv('Readers', file()))).toContain('connection reset')
    expect(log).toEqual(['stores', 'reads on', 'has stored', 'takes back'])
    expect(await stored(ctx, id, 0)).toBe(0)
  })

  it('GRP-2: a file has at most as many rows as the policy says, a group as many as all its files', async () => {
    const { ctx, groups, id } = await aGroup({ rowsPerFile: 20, rowsPerGroup: 50 })
    expect(await codeOf(groups.importCsv('Readers', people(0, 21)))).toBe('CSV_TOO_MANY_ROWS')
    for (const from of [0, 20]) await groups.importCsv('Readers', people(from, from + 20))
    expect(await codeOf(groups.importCsv('Readers', people(40, 51)))).toBe('CSV_TOO_MANY_ROWS')
    expect(await stored(ctx, id, 0)).toBe(40)
    // Rows that are there already take no room.
    expect(await groups.importCsv('Readers', people(30, 50))).toMatchObject({ valid: 10, repeated: 10 })
    expect(await groups.importCsv('Readers', people(0, 20), { mode: 'replace' })).toMatchObject({ valid: 20 })
    expect(aContext().policy).toMatchObject({ rowsPerFile: 10_000, rowsPerGroup: 50_000 })
  })

  it('GRP-2: replace is atomic, and running tasks keep their rows until the last has ended', async () => {
    const { ctx, groups, id } = await aGroup()
    await groups.importCsv('Readers', people(0, 3))
    await ctx.storage.apply([hold(id, true)])
    const slow = slowFile('email,city\nz@example.org,', 'Bern\n')
    const running = groups.importCsv('Readers', slow.file, { mode: 'replace' })
    await slow.waiting
    expect(await addresses(groups)).toHaveLength(3)
    slow.go()
    await running
    expect(await groups.get(id)).toMatchObject({ rows: 1, variables: ['city'], state: 'ready' })
    expect(await addresses(groups)).toEqual(['z@example.org'])
    expect(await stored(ctx, id, 0)).toBe(3)
    await ctx.storage.apply([hold(id, false)])
    await groups.importCsv('Readers', 'email,city\ny@example.org,Rom')
    expect(await stored(ctx, id, 0)).toBe(0)
    expect((await find(ctx, 'group', 'acme', id))?.data).toMatchObject({ retired: [], lanes: { other: 2 } })
  })

  it('GRP-5: an append has the group’s variables, in any order; a replace may bring others', async () => {
    const { groups } = await aGroup()
    await groups.importCsv('Readers', 'email,name,city\nann@example.org,Ann,Bern')
    await groups.importCsv('Readers', 'email,city,name\nbob@example.org,Rom,Bob')
    expect((await groups.recipients('Readers')).items[1]).toEqual({
      address: 'bob@example.org',
      values: { name: 'Bob', city: 'Rom' },
    })
    await expect(groups.importCsv('Readers', 'email,name,town\nx@example.org,a,b')).rejects.toMatchObject({
      code: 'VARIABLES_MISMATCH',
      details: { missing: ['city'], unknown: ['town'] },
    })
    expect(await groups.importCsv('Readers', 'email\nx@example.org', { mode: 'replace' })).toMatchObject({ valid: 1 })
    expect((await groups.get('Readers')).variables).toEqual([])
  })

  it('GRP-6: a second import at once is refused, naming the state; of ten started together none mixes with another', async () => {
    const { groups, id } = await aGroup()
    const slow = slowFile(people(0, 2), '\n')
    const running = groups.importCsv('Readers', slow.file)
    await slow.waiting
    await expect(groups.importCsv('Readers', people(5, 6))).rejects.toMatchObject({
      code: 'GROUP_NOT_READY',
      details: { group: id, state: 'importing' },
    })
    slow.go()
    await running
    const calls = Array.from({ length: 10 }, (_, at) => codeOf(groups.importCsv('Readers', people(at + 5, at + 6))))
    const codes = await Promise.all(calls)
    const done = codes.filter((code) => code === null).length
    expect(done).toBeGreaterThanOrEqual(1)
    expect(codes.filter((code) => code === 'GROUP_NOT_READY')).toHaveLength(10 - done)
    expect(await groups.get(id)).toMatchObject({ state: 'ready', rows: 2 + done })
  })

  it('GRP-6: an import that died is taken over after ten minutes, and can add nothing when it wakes up', async () => {
    for (const mode of ['append', 'replace'] as const) {
      const { ctx, groups, id } = await aGroup()
      await groups.importCsv('Readers', people(0, 2))
      const dead = slowFile(people(100, 1_600), `\n${people(2_000, 3_500).slice('email,name'.length)}`)
      const running = codeOf(groups.importCsv('Readers', dead.file, { mode }))
      await dead.waiting
      ctx.clock.advance(10 * 60_000 - 1)
      expect(await codeOf(groups.importCsv('Readers', people(5, 7)))).toBe('GROUP_NOT_READY')
      ctx.clock.advance(1)
      expect(await groups.importCsv('Readers', people(5, 7))).toMatchObject({ valid: 2 })
      dead.go()
      expect(await running).toBe('CHANGED_MEANWHILE')
      expect(await groups.get(id)).toMatchObject({ state: 'ready', rows: 4 })
      expect([await stored(ctx, id, 0), await stored(ctx, id, 1)]).toEqual([4, 0])
    }
  })

  it('GRP-6: a slow import keeps its right as long as rows come', async () => {
    const { ctx, groups } = await aGroup()
    const rivals: (string | null)[] = []
    async function* file() {
      yield people(0, 1_001)
      for (let part = 1; part < 4; part++) {
        ctx.clock.advance(6 * 60_000)
        rivals.push(await codeOf(groups.importCsv('Readers', people(0, 1))))
        yield `\n${people(part * 1_001, (part + 1) * 1_001).slice('email,name\n'.length)}`
      }
    }
    expect(await groups.importCsv('Readers', file())).toMatchObject({ valid: 4 * 1_001 })
    expect(rivals).toEqual(['GROUP_NOT_READY', 'GROUP_NOT_READY', 'GROUP_NOT_READY'])
  })

  it('GRP-6: an import whose rows take minutes to be stored is not taken for another by itself', async () => {
    const { ctx } = await aGroup()
    const apply: TestContext['storage']['apply'] = async (bundles, options) => {
      if (!bundles.some(({ changes }) => changes.some(({ type }) => type === 'recipients.append')))
        return ctx.storage.apply(bundles, options)
      ctx.clock.advance(6 * 60_000)
      await new Promise((resolve) => setTimeout(resolve, 20))
      return ctx.storage.apply(bundles, options)
    }
    const slow = groupsOf({ ...ctx, storage: { ...ctx.storage, apply } }, 'acme')
    expect(await slow.importCsv('Readers', people(0, 9_000))).toMatchObject({ valid: 9_000 })
  })

  it('GRP-6: one that was taken over adds nothing even if its own clock is behind', async () => {
    const { ctx, groups, id } = await aGroup()
    const behind = groupsOf({ ...ctx, clock: aClock() }, 'acme')
    const dead = slowFile(people(100, 1_600), `\n${people(2_000, 3_500).slice('email,name\n'.length)}`)
    const running = codeOf(behind.importCsv('Readers', dead.file))
    await dead.waiting
    ctx.clock.advance(10 * 60_000)
    await groups.importCsv('Readers', people(5, 7))
    dead.go()
    expect(await running).toBe('CHANGED_MEANWHILE')
    expect([await stored(ctx, id, 0), (await groups.get(id)).rows]).toEqual([2, 2])
  })

  it('GRP-7: the sample imports cleanly, with a template’s variables, its subject’s included, or with name', async () => {
    const { ctx, groups } = await aGroup()
    const sample = await groups.sampleCsv()
    expect(sample).toBe('email,name\r\nann@example.org,Ann\r\nbob@example.org,Bob\r\n')
    expect(await groups.importCsv('Readers', sample)).toMatchObject({ total: 2, valid: 2, rows: [] })
    await templatesOf(ctx, 'acme').create({ name: 'offer', subject: 'For {{city}}', text: 'Dear {{name}}, {{city}}' })
    const own = await groups.sampleCsv({ template: 'offer' })
    expect(own.split('\r\n')[0]).toBe('email,city,name')
    expect(await groups.importCsv('Readers', own, { mode: 'replace' })).toMatchObject({ total: 2, valid: 2 })
  })

  it('SND-4: a group that an unfinished task uses is not deleted; otherwise all its rows go with it', async () => {
    const { ctx, groups, id } = await aGroup()
    await groups.importCsv('Readers', people(0, 3))
    await ctx.storage.apply([hold(id, true)])
    await expect(groups.delete('Readers')).rejects.toMatchObject({ code: 'IN_USE', details: { tasks: ['task-1'] } })
    await ctx.storage.apply([hold(id, false)])
    await groups.delete('Readers')
    expect(await codeOf(groups.get(id))).toBe('NOT_FOUND')
    expect(await stored(ctx, id, 0)).toBe(0)
    expect(await codeOf(groups.create({ name: 'Readers' }))).toBeNull()
  })

  it('GRP-4: deleted while it is filled, a group leaves no rows behind', async () => {
    const { ctx, groups, id } = await aGroup()
    const slow = slowFile(people(0, 1_500), `\n${people(1_500, 3_000).slice('email,name\n'.length)}`)
    const running = codeOf(groups.importCsv('Readers', slow.file))
    await slow.waiting
    await groups.delete(id)
    slow.go()
    expect(await running).toBe('NOT_FOUND')
    expect(await stored(ctx, id, 0)).toBe(0)
  })

  it('refuses a cursor of rows that have been replaced, and one that is none', async () => {
    const { groups } = await aGroup()
    await groups.importCsv('Readers', people(0, 3))
    const { next } = await groups.recipients('Readers', { limit: 1 })
    await groups.importCsv('Readers', people(5, 8), { mode: 'replace' })
    expect(await codeOf(groups.recipients('Readers', { cursor: next ?? '' }))).toBe('CHANGED_MEANWHILE')
    expect(await codeOf(groups.recipients('Readers', { cursor: 'x' }))).toBe('INPUT_INVALID')
  })
})
