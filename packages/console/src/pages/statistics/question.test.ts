import { describe, expect, it } from 'vitest'
import { type Asked, overTime, questionOf } from './question.js'

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

it('STA-1: the chart adds up what the table breaks down', () => {
  const rows = [
    { startsAt: 2, counts: { sent: 1, opened: null } },
    { startsAt: 1, counts: { sent: 5, opened: 2 } },
    { startsAt: 2, counts: { sent: 3, opened: 1 } },
  ]
  expect(overTime(rows, ['sent', 'opened'])).toEqual({ times: [1, 2], values: { sent: [5, 4], opened: [2, 1] } })
})
