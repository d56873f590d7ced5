import { describe, expect, it } from 'vitest'
import { aContext } from '../../../tests/a-context.js'
import { isMailError } from '../../errors/mail-error.js'
import { find } from '../../use-cases/stored.js'
import { templatesOf } from './templates.js'

const codeOf = (call: Promise<unknown>): Promise<string | null> =>
  call.then(
    () => null,
    (error: unknown) => (isMailError(error) ? error.code : String(error)),
  )

describe('templates', () => {
  it('TPL-1: html or text, by string or uploaded file; the name is unique in the account', async () => {
    const ctx = aContext()
    const templates = templatesOf(ctx, 'acme')
    const upload = Buffer.from('\ufeff<p>Hello {{name}} {{ 姓名 }}</p>')
    const made = await templates.create({ name: 'welcome', type: 'html', subject: 'For {{city}}', body: upload })
    expect(made).toMatchObject({ name: 'welcome', type: 'html', variables: ['city', 'name', '姓名'] })
    expect(await templates.get('welcome')).toMatchObject({ html: '<p>Hello {{name}} {{ 姓名 }}</p>', text: null })
    expect(await templates.create({ name: 'plain', text: 'Hi {{name}}' })).toMatchObject({
      type: 'text',
      subject: null,
    })
    expect(await codeOf(templates.create({ name: ' welcome', text: 'x' }))).toBe('ALREADY_EXISTS')
    expect(await codeOf(templatesOf(ctx, 'other').create({ name: 'welcome', text: 'x' }))).toBeNull()
    expect(await codeOf(templatesOf(ctx, 'other').get(made.id))).toBe('NOT_FOUND')
  })

  it.each([
    ['no body', { name: 'a' }, 'INPUT_INVALID'],
    ['a file of unknown kind', { name: 'a', body: 'x' }, 'INPUT_INVALID'],
    ['two bodies', { name: 'a', html: 'x', body: 'x' }, 'INPUT_INVALID'],
    ['HTML in a text template', { name: 'a', type: 'text', text: 'x', html: 'x' }, 'INPUT_INVALID'],
    ['a name of 101 characters', { name: 'x'.repeat(101), text: 'x' }, 'INPUT_INVALID'],
    ['another charset', { name: 'a', type: 'html', body: Buffer.from([0x3c, 0xe4, 0x3e]) }, 'TEMPLATE_ENCODING'],
    ['more than 1 MiB', { name: 'a', text: 'x'.repeat(1_048_577) }, 'TEMPLATE_TOO_LARGE'],
    ['more than variables', { name: 'a', text: '{{#if a}}x{{/if}}' }, 'TEMPLATE_SYNTAX'],
    ['a variable in a script', { name: 'a', html: '<script>{{a}}</script>' }, 'TEMPLATE_UNSAFE_SLOT'],
  ] as const)('TPL-1: refuses %s and stores nothing', async (_, input, code) => {
    const templates = templatesOf(aContext(), 'acme')
    expect(await codeOf(templates.create(input))).toBe(code)
    expect((await templates.list()).items).toEqual([])
  })

  it('TPL-7: an edit is a new version, reviewed again and approved at once; the one before stays as it was', async () => {
    const ctx = aContext()
    const templates = templatesOf(ctx, 'acme')
    const first = await templates.create({ name: 'welcome', subject: 'Hi', html: '<p>{{a}}</p>', text: '{{b}}' })
    expect(first).toMatchObject({ version: { number: 1 }, review: { state: 'approved', reason: null } })
    expect(first.approved).toBe(first.version.id)
    const second = await templates.update('welcome', { html: '<p>{{c}}</p>' })
    expect(second).toMatchObject({ id: first.id, version: { number: 2 }, subject: 'Hi', variables: ['c', 'b'] })
    expect(second.approved).toBe(second.version.id)
    expect(second.approved).not.toBe(first.approved)
    expect((await find(ctx, 'template-version', 'acme', first.version.id))?.data).toMatchObject({
      body: '<p>{{a}}</p>',
      variables: ['a', 'b'],
      number: 1,
    })
    expect(await templates.update('welcome', { text: null, subject: null })).toMatchObject({
      subject: null,
      variables: ['c'],
    })
    expect(await codeOf(templates.update('welcome', { html: '{{#x}}' }))).toBe('TEMPLATE_SYNTAX')
    expect((await templates.get('welcome')).version.number).toBe(3)
  })

  it('TPL-7: a new name alone is no new version, and keeps unique', async () => {
    const templates = templatesOf(aContext(), 'acme')
    await templates.create({ name: 'a', text: 'x' })
    await templates.create({ name: 'b', text: 'y' })
    expect(await codeOf(templates.update('b', { name: 'a' }))).toBe('ALREADY_EXISTS')
    expect(await templates.update('b', { name: 'c' })).toMatchObject({ name: 'c', version: { number: 1 } })
    expect(await codeOf(templates.get('b'))).toBe('NOT_FOUND')
    expect(await codeOf(templates.create({ name: 'b', text: 'z' }))).toBeNull()
  })

  it('TPL-7: ten edits at once make ten versions, one upon the other', async () => {
    const templates = templatesOf(aContext(), 'acme')
    await templates.create({ name: 'a', text: 'x' })
    const edits = Array.from({ length: 10 }, (_, at) =>
      templates.update('a', at % 2 ? { text: `${at}` } : { subject: `${at}` }),
    )
    const numbers = (await Promise.all(edits)).map(({ version }) => version.number)
    expect(numbers.sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    const last = await templates.get('a')
    expect(last.version.number).toBe(11)
    expect([last.subject, last.text]).not.toContain(null)
  })

  it('TPL-5: previews a stored version or one not yet stored, with given or made-up values', async () => {
    const templates = templatesOf(aContext(), 'acme')
    const first = await templates.create({ name: 'a', subject: 'Hi {{name}}', html: '<p>{{name}} {{city}}</p>' })
    await templates.update('a', { html: '<p>new {{name}}</p>' })
    const shown = await templates.preview({ template: 'a', version: first.version.id, variables: { name: 'A&B' } })
    expect(shown.subject).toBe('Hi A&B')
    expect(shown.html).toMatch(/^<p>A&amp;B \S.*<\/p>$/)
    expect((await templates.preview({ template: 'a' })).html).toContain('new ')
    expect(await templates.preview({ text: 'To {{name}}', variables: { name: '<x>' } })).toMatchObject({
      text: 'To <x>',
      html: null,
    })
    expect(await codeOf(templates.preview({}))).toBe('INPUT_INVALID')
    expect(await codeOf(templates.preview({ text: 'x', variables: { name: 'y' } }))).toBe('VARIABLES_MISMATCH')
  })

  it('SND-4: a template that an unfinished task uses is not deleted; what names a version keeps it', async () => {
    const ctx = aContext()
    const templates = templatesOf(ctx, 'acme')
    const { id, version } = await templates.create({ name: 'a', text: 'x' })
    const hold = (on: boolean) =>
      ({ type: 'hold', kind: 'template', account: 'acme', ref: id, by: 'task-1', on }) as const
    await ctx.storage.apply([{ guards: [], changes: [hold(true)] }])
    await expect(templates.delete('a')).rejects.toMatchObject({ code: 'IN_USE', details: { tasks: ['task-1'] } })
    await ctx.storage.apply([{ guards: [], changes: [hold(false)] }])
    await templates.delete('a')
    expect((await templates.list()).items).toEqual([])
    expect(await find(ctx, 'template-version', 'acme', version.id)).not.toBeNull()
    expect(await codeOf(templates.create({ name: 'a', text: 'x' }))).toBeNull()
  })

  it('ACC-4: the same upload with the same key is one template', async () => {
    const templates = templatesOf(aContext(), 'acme')
    const input = { name: 'a', type: 'html', body: Buffer.from('<p>x</p>'), idempotencyKey: 'k' } as const
    expect(await templates.create(input)).toEqual(await templates.create(input))
    expect(await codeOf(templates.create({ ...input, body: Buffer.from('<p>y</p>') }))).toBe('IDEMPOTENCY_CONFLICT')
  })
})
