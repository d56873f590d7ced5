import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { isMailError, type ReviewRequest, type ReviewTemplate, type ReviewVerdict } from '@mailwright/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aService, liveUntil, rows, SENDER, type Service, START, settle, welcome } from './a-service.js'

const MINUTE = 60_000
const codeOf = (call: Promise<unknown>): Promise<string | null> =>
  call.then(
    () => null,
    (error: unknown) => (isMailError(error) ? error.code : String(error)),
  )

/** Approves what says so in its subject, rejects, or puts off. Keeps what it was shown. */
function byWord() {
  const seen: ReviewRequest[] = []
  const review: ReviewTemplate = (request) => {
    seen.push(request)
    const { subject } = request
    if (subject?.startsWith('bad')) return { state: 'rejected', reason: 'not nice' }
    return { state: subject?.startsWith('later') ? 'pending' : 'approved' }
  }
  return { seen, review }
}

const reviewed = (review: ReviewTemplate, more: Parameters<typeof aService>[0] = {}) =>
  aService({ ...more, more: { ...more.more, review } })

const sentSubjects = ({ transport }: Service): readonly string[] =>
  transport.messages.map(({ content }) => /^Subject: (.*)\r$/m.exec(Buffer.from(content).toString())?.[1] ?? '')

describe('template review', () => {
  it('TPL-7: only approved versions send; the reviewer sees the whole of each, and its reason is shown', async () => {
    const { seen, review } = byWord()
    const service = await reviewed(review)
    const { templates, send } = service.mail
    const made = await templates.create({ name: 'a', subject: 'bad {{x}}', html: '<p>{{x}}</p>', text: 't' })
    expect(made).toMatchObject({ review: { state: 'rejected', reason: 'not nice' }, approved: null })
    expect(seen.at(-1)).toEqual({
      account: 'default',
      template: made.id,
      version: made.version.id,
      name: 'a',
      subject: 'bad {{x}}',
      html: '<p>{{x}}</p>',
      text: 't',
    })
    const mail = { from: SENDER, to: 'ann@office.example', template: 'a', variables: { x: '1' } }
    expect(await codeOf(send(mail))).toBe('TEMPLATE_NOT_APPROVED')
    const mended = await templates.update('a', { subject: 'good {{x}}' })
    expect(mended).toMatchObject({ review: { state: 'approved', reason: null }, approved: mended.version.id })
    await send(mail)
    await settle(service)
    expect(sentSubjects(service)).toEqual(['good 1'])
  })

  it('TPL-7: while an edit waits or is rejected the former approved version goes on sending, in sends and in runs', async () => {
    const service = await reviewed(byWord().review)
    const { mail } = service
    const { version: first } = await mail.templates.get('welcome')
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', rows(1))
    for (const subject of ['later {{name}}', 'bad {{name}}']) {
      const edit = await mail.templates.update('welcome', { subject })
      expect(edit.approved).toBe(first.id)
      expect(edit.version.id).not.toBe(first.id)
      await mail.send({ ...welcome, to: 'ann@office.example' })
      const task = { type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' } as const
      await mail.tasks.create(task)
      expect(await codeOf(mail.tasks.create({ ...task, templateVersion: edit.version.id }))).toBe(
        'TEMPLATE_NOT_APPROVED',
      )
    }
    await settle(service)
    expect(new Set(sentSubjects(service))).toEqual(new Set(['Welcome, Ann', 'Welcome, Reader 0']))
    expect(service.transport.count).toBe(4)
  })

  it('TPL-7: what the reviewer puts off the operator decides, and may take back; a run keeps what it began with', async () => {
    const { seen, review } = byWord()
    const service = await reviewed(review)
    const { mail } = service
    const one = await mail.templates.create({ name: 'a', subject: 'later 1', text: 'x' })
    expect(one).toMatchObject({ review: { state: 'pending', reason: null }, approved: null })
    expect((await mail.templates.list({ review: 'pending' })).items.map(({ name }) => name)).toEqual(['a'])
    await liveUntil(service, START + 100 * MINUTE)
    expect(seen.filter(({ name }) => name === 'a')).toHaveLength(1)
    expect(await mail.templates.decide({ template: 'a', state: 'approved' })).toMatchObject({
      review: { state: 'approved' },
      approved: one.version.id,
    })
    const two = await mail.templates.update('a', { subject: 'later 2' })
    await mail.templates.decide({ template: 'a', version: two.version.id, state: 'approved' })
    await mail.send({ from: SENDER, to: 'ann@office.example', template: 'a' })
    const back = await mail.templates.decide({ template: 'a', state: 'rejected', reason: 'a complaint' })
    expect(back).toMatchObject({ review: { state: 'rejected', reason: 'a complaint' }, approved: one.version.id })
    await mail.send({ from: SENDER, to: 'ann@office.example', template: 'a' })
    await settle(service)
    expect(sentSubjects(service)).toEqual(['later 2', 'later 1'])
    expect((await mail.templates.list({ review: 'rejected' })).items.map(({ name }) => name)).toEqual(['a'])
    // @ts-expect-error a rejection without a reason helps nobody
    expect(await codeOf(mail.templates.decide({ template: 'a', state: 'rejected' }))).toBe('INPUT_INVALID')
    const other = mail.account('other').templates
    expect(await codeOf(other.decide({ template: one.id, state: 'approved' }))).toBe('NOT_FOUND')
  })

  it.each<readonly [string, () => unknown]>([
    ['throws', () => Promise.reject(new Error('down'))],
    ['throws at once', () => JSON.parse('{')],
    ['never answers', () => new Promise(() => undefined)],
    ['answers nonsense', () => ({ state: 'fine' })],
    ['rejects without a reason', () => ({ state: 'rejected' })],
    ['answers nothing', () => undefined],
  ])(
    'TPL-7: of a reviewer that %s the version is pending, and asked about again until there is an answer',
    async (_, fail) => {
      let down = true
      const { seen, review } = byWord()
      const service = await reviewed(
        (request, signal) => (down ? (fail() as ReviewVerdict) : review(request, signal)),
        { policy: { reviewTimeoutMs: 1 } },
      )
      const { mail, clock } = service
      // No version is approved yet, that of `welcome` included.
      expect(await codeOf(mail.send({ ...welcome, to: 'ann@office.example' }))).toBe('TEMPLATE_NOT_APPROVED')
      expect((await mail.templates.list({ review: 'pending' })).items).toHaveLength(1)
      await liveUntil(service, START + 60 * MINUTE)
      expect((await mail.templates.get('welcome')).review.state).toBe('pending')
      down = false
      await liveUntil(service, clock.now() + 61 * MINUTE)
      expect(seen).toHaveLength(1)
      expect((await mail.templates.get('welcome')).review.state).toBe('approved')
      await mail.send({ ...welcome, to: 'ann@office.example' })
      await liveUntil(service, clock.now() + 200 * MINUTE)
      expect(seen).toHaveLength(1)
    },
  )

  it('TPL-7: a process that dies in a review, or has no reviewer, leaves the version pending for one that has', async () => {
    const storage = memoryStorage()
    const dead = await aService({ storage })
    const dying = await reviewed(() => new Promise(() => undefined), { storage, policy: { reviewTimeoutMs: 20_000 } })
    void dying.mail.templates.create({ name: 'a', subject: 'x', text: 'x' }).catch(() => undefined)
    while ((await dead.mail.templates.list()).items.length < 2) await new Promise((resolve) => setImmediate(resolve))
    await liveUntil(dead, START + 30 * MINUTE)
    expect((await dead.mail.templates.get('a')).review.state).toBe('pending')
    const { seen, review } = byWord()
    const alive = await reviewed(review, { storage })
    alive.clock.stepTo(START + 30 * MINUTE)
    await liveUntil(alive, START + 120 * MINUTE)
    expect(seen).toHaveLength(1)
    expect(await alive.mail.templates.get('a')).toMatchObject({ review: { state: 'approved' }, version: { number: 1 } })
  })

  it('TPL-7: answers that come in any order leave the newest approved version in charge', async () => {
    const answers = new Map<string, (verdict: ReviewVerdict) => void>()
    const service = await reviewed(({ subject }) => new Promise((resolve) => answers.set(subject ?? '', resolve)), {
      policy: { reviewTimeoutMs: 1 },
    })
    const slow = { policy: { reviewTimeoutMs: 20_000 }, storage: service.storage }
    const other = await reviewed(({ subject }) => new Promise((resolve) => answers.set(subject ?? '', resolve)), slow)
    const { templates } = other.mail
    const create = templates.create({ name: 'a', subject: '1', text: 'x' })
    const asked = async (subject: string) => {
      while (!answers.has(subject)) await new Promise((resolve) => setImmediate(resolve))
      return answers.get(subject) as (verdict: ReviewVerdict) => void
    }
    await asked('1')
    const edit = templates.update('a', { subject: '2' })
    ;(await asked('2'))({ state: 'approved' })
    const two = await edit
    ;(await asked('1'))({ state: 'approved' })
    const one = await create
    expect(one).toMatchObject({ version: { number: 1 }, review: { state: 'approved' }, approved: two.version.id })
    expect((await service.mail.templates.get('a')).approved).toBe(two.version.id)
  })

  it('TPL-7, ACC-4: a repeated create or edit answers the review as it stands, and asks nobody', async () => {
    const { seen, review } = byWord()
    const { mail } = await reviewed(review)
    const input = { name: 'a', subject: 'later', text: 'x', idempotencyKey: 'k' }
    const first = await mail.templates.create(input)
    expect(await mail.templates.create(input)).toEqual(first)
    const decided = await mail.templates.decide({ template: 'a', state: 'approved' })
    expect(await mail.templates.create(input)).toEqual(decided)
    const edit = { text: 'y', idempotencyKey: 'k' }
    expect(await mail.templates.update('a', edit)).toEqual(await mail.templates.update('a', edit))
    expect(seen.filter(({ name }) => name === 'a')).toHaveLength(2)
  })

  it('TPL-7, HOST-1: the same content again is no edit: nothing is reviewed, also when several processes say it at once', async () => {
    const { seen, review } = byWord()
    const { mail } = await reviewed(review)
    const template = { name: 'welcome', subject: 'Hi, {{name}}', html: '<p>Hello {{name}}</p>' }
    await Promise.all([1, 2, 3].map(() => mail.ensure({ templates: [template] })))
    expect((await mail.templates.get('welcome')).version.number).toBe(2)
    expect(seen).toHaveLength(2)
  })

  it('TPL-7: whatever is decided in whatever order, the newest approved version sends', async () => {
    const step = fc.record({ version: fc.nat(5), state: fc.constantFrom('approved' as const, 'rejected' as const) })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 12 }), async (count, steps) => {
        const { mail } = await reviewed(() => ({ state: 'pending' }))
        const ids = [(await mail.templates.create({ name: 'a', text: '0' })).version.id]
        for (let at = 1; at < count; at += 1) ids.push((await mail.templates.update('a', { text: `${at}` })).version.id)
        const states = ids.map(() => 'pending')
        for (const { version, state } of steps) {
          const at = version % count
          const decided = { template: 'a', version: ids[at] as string }
          await mail.templates.decide(
            state === 'approved' ? { ...decided, state } : { ...decided, state, reason: 'no' },
          )
          states[at] = state
          const newest = states.lastIndexOf('approved')
          expect((await mail.templates.get('a')).approved).toBe(newest < 0 ? null : ids[newest])
        }
      }),
      { numRuns: 40 },
    )
  })
})
