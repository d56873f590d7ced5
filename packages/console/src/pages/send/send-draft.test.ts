import type { TemplateView } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { lackOf, type SendDraft, sendingOf } from './send-draft.js'

const template: TemplateView = {
  id: 't1',
  name: 'notice',
  type: 'text',
  version: { id: 'v1', number: 1, createdAt: 0 },
  subject: 'Opening hours',
  variables: ['time'],
  review: { state: 'approved', reason: null },
  approved: 'v1',
  createdAt: 0,
}
const subject = 'Opening hours'
const draft: SendDraft = {
  template,
  from: 'hello@mail.shop.example',
  subject: '',
  to: 'ann@example.org\nbob@example.net',
  values: { time: '9', of: 'another template' },
  unsubscribe: 'off',
  scenario: 'transactional',
}

describe('a mail to a few people', () => {
  it('REG-1: is sent with the one value that its template asks for, and no other', () => {
    expect(lackOf(draft, { subject, variables: ['time'] })).toBeNull()
    expect(sendingOf(draft, ['time'])).toEqual({
      template: 't1',
      from: 'hello@mail.shop.example',
      to: ['ann@example.org', 'bob@example.net'],
      variables: { time: '9' },
      scenario: 'transactional',
    })
  })

  it('TPL-4, TRG-4: carries a subject and an unsubscribe link of its own if they are wanted', () => {
    expect(sendingOf({ ...draft, subject: 'New hours', unsubscribe: 'german' }, [])).toMatchObject({
      subject: 'New hours',
      unsubscribe: 'german',
    })
    expect(sendingOf({ ...draft, unsubscribe: 'default' }, []).unsubscribe).toBe(true)
  })

  const people = Array.from({ length: 21 }, (_, at) => `p${at}@example.org`).join('\n')
  it.each([
    [{ template: null }, null, { type: 'template' }],
    [{}, null, { type: 'preview' }],
    [{}, { subject, variables: ['a', 'b'] }, { type: 'variables', names: ['a', 'b'] }],
    [{}, { subject: null, variables: [] }, { type: 'subject' }],
    [{ from: '' }, { subject, variables: [] }, { type: 'from' }],
    [{ to: ' \n' }, { subject, variables: [] }, { type: 'to' }],
    [{ to: people }, { subject, variables: [] }, { type: 'tooMany' }],
    [{ to: 'a@b.example\nA@b.example' }, { subject, variables: [] }, { type: 'repeated', recipient: 'A@b.example' }],
    [{ values: {} }, { subject, variables: ['time'] }, { type: 'value', name: 'time' }],
  ] as const)('REG-1: waits for what is still missing (%#)', (changed, content, lack) => {
    expect(lackOf({ ...draft, ...changed }, content)).toEqual(lack)
  })
})
