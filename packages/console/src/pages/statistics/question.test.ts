import type { SendingInput } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { type Asked, overviewOf, periodsOf, questionOf, valuesAt } from './question.js'

const asked: Asked = {
  from: '2026-11-01',
  to: '2026-11-02',
  period: 'day',
  breakdown: '',
  domain: '',
  recipientDomain: '',
  template: '',
  task: '',
}

describe('a question to the statistics', () => {
  it('is about whole days in the zone of the browser, with no filter that is not set', () => {
    const question = questionOf(asked)
    expect(Number(question?.to) - Number(question?.from)).toBeGreaterThanOrEqual(2 * 23 * 3_600_000)
    expect(question?.by).toEqual(['day'])
    expect(question).not.toHaveProperty('domains')
    expect(questionOf({ ...asked, breakdown: 'task', template: 'x' })).toMatchObject({
      by: ['day', 'task'],
      templates: ['x'],
    })
  })

  it('is none while the range is none', () => {
    expect(questionOf({ ...asked, to: '2026-10-01' })).toBeNull()
    expect(questionOf({ ...asked, from: '' })).toBeNull()
  })
})

describe('the overview of a question', () => {
  const question: SendingInput = { from: 0, to: 1, by: ['day', 'task'] }

  it('STA-1: has each period once, whatever the table is broken down by', () => {
    expect(overviewOf(question, { ...asked, breakdown: 'task' })).toMatchObject({ by: ['day'] })
  })

  it('of the whole range asks for its total, which no break-down changes', () => {
    expect(overviewOf(question, { ...asked, period: '', breakdown: 'task' })).toMatchObject({ by: ['task'], limit: 1 })
  })
})

describe('the periods of a chart', () => {
  const day = (date: number, hour = 0) => new Date(2026, 10, date, hour).getTime()

  it('STA-1: are all of them up to now, those without mail as well', () => {
    const page = { from: day(25), to: day(29), items: [{ startsAt: day(26) }] }
    expect(periodsOf(page, 'day', day(27, 9))).toEqual([day(25), day(26), day(27)])
    expect(periodsOf({ ...page, from: day(27) }, 'hour', day(27, 2))).toContain(day(27, 1))
    expect(periodsOf(page, '', day(27))).toEqual([])
  })

  it('have 0 where nothing was counted', () => {
    const rows = [{ startsAt: day(26), counts: { sent: 5, people: null } }]
    expect(valuesAt([day(25), day(26)], rows, 'sent')).toEqual([0, 5])
    expect(valuesAt([day(26)], rows, 'people')).toEqual([0])
  })
})
