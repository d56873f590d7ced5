import { describe, expect, it } from 'vitest'
import { emptyDraft, planOf, taskOf } from './task-draft.js'

const now = Date.parse('2026-12-24T12:00:00Z')
const mail = { template: 't', group: 'g', from: 'hello@mail.shop.example' }
const draft = emptyDraft(now, 'Europe/Berlin', mail)

describe('TSK-1: a task as it is filled in', () => {
  it('goes out at once, says what it is for, and leaves out what was left empty', () => {
    expect(taskOf(draft)).toEqual({ type: 'immediate', scenario: 'marketing', ...mail })
  })

  it('has its name, its tags, its subject and its unsubscribe link', () => {
    const full = { name: ' Sale ', tags: 'team=shop\n', subject: ' Hello ', unsubscribe: 'german' } as const
    expect(taskOf({ ...draft, ...full })).toMatchObject({
      name: 'Sale',
      tags: { team: 'shop' },
      subject: 'Hello',
      unsubscribe: 'german',
    })
    expect(taskOf({ ...draft, unsubscribe: 'none' })).toMatchObject({ unsubscribe: false })
  })

  it('is scheduled at a time of its zone', () => {
    expect(planOf({ ...draft, type: 'scheduled' })).toMatchObject({
      type: 'scheduled',
      at: '2026-12-25T09:00',
      timeZone: 'Europe/Berlin',
    })
  })

  it('recurs by a number of units or by a rule, never by both', () => {
    const recurring = { ...draft, type: 'recurring', every: { n: '2', unit: 'days' }, rrule: 'FREQ=DAILY' } as const
    expect(planOf(recurring)).toEqual({
      type: 'recurring',
      startAt: '2026-12-25T09:00',
      timeZone: 'Europe/Berlin',
      every: { n: 2, unit: 'days' },
      missed: 'latest',
      scenario: 'marketing',
      ...mail,
    })
    const ruled = planOf({ ...recurring, recurs: 'rule', until: '2027-01-31T00:00' })
    expect(ruled).toMatchObject({ rrule: 'FREQ=DAILY', until: '2027-01-31T00:00' })
    expect(ruled).not.toHaveProperty('every')
  })
})
