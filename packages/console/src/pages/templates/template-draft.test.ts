import { describe, expect, it } from 'vitest'
import { changesOf, creationOf, makesVersion, previewOf, type TemplateDraft } from './template-draft.js'

const html: TemplateDraft = { name: 'welcome', type: 'html', subject: 'Hi {{name}}', body: '<p>{{name}}</p>', text: '' }
const text: TemplateDraft = { name: 'code', type: 'text', subject: '', body: '{{code}}', text: '' }

describe('what the editor sends', () => {
  it('TPL-1, TPL-6: creates HTML without a text part of its own, so that one is made', () => {
    expect(creationOf(html)).toEqual({
      name: 'welcome',
      type: 'html',
      subject: 'Hi {{name}}',
      html: '<p>{{name}}</p>',
    })
    expect(creationOf({ ...html, text: 'Hi' })).toMatchObject({ text: 'Hi' })
  })

  it('TPL-1: creates plain text, and no subject where there is none', () => {
    expect(creationOf(text)).toEqual({ name: 'code', type: 'text', text: '{{code}}' })
  })

  it('TPL-7: an update names only what has changed, and null for what is taken away', () => {
    expect(changesOf(html, html)).toEqual({})
    expect(changesOf(html, { ...html, subject: '', body: '<b>' })).toEqual({ subject: null, html: '<b>' })
    expect(changesOf({ ...html, text: 'a' }, html)).toEqual({ text: null })
    expect(changesOf(text, { ...text, body: 'b' })).toEqual({ text: 'b' })
  })

  it('TPL-7: a new name alone makes no version', () => {
    expect(makesVersion(changesOf(html, { ...html, name: 'hello' }))).toBe(false)
    expect(makesVersion(changesOf(html, { ...html, body: '' }))).toBe(true)
  })

  it('asks for no preview of nothing', () => {
    expect(previewOf({ ...html, body: ' \n' }, {})).toBeNull()
    expect(previewOf(text, { code: '1' })).toEqual({ text: '{{code}}', variables: { code: '1' } })
  })
})
