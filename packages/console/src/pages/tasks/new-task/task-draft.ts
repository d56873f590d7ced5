import type { CreateTaskInput } from '@mailwright/core'
import type { InputOf } from '../../../api/signatures.js'
import { parseTags } from '../../../components/tag-lines.js'
import { nextMorning } from './local-time.js'

type Recurring = Extract<CreateTaskInput, { readonly type: 'recurring' }>
export type Unit = NonNullable<Recurring['every']>['unit']
export type Missed = NonNullable<Recurring['missed']>
export type Scenario = NonNullable<CreateTaskInput['scenario']>
type Unsubscribe = Exclude<CreateTaskInput['unsubscribe'], undefined | true>

/** What the form holds. Its fields have the names that the API complains of. */
export interface TaskDraft {
  readonly template: string | null
  readonly group: string | null
  readonly from: string | null
  readonly name: string
  readonly subject: string
  readonly scenario: Scenario
  /** `default`: a visible link in the language of the server. */
  readonly unsubscribe: 'default' | 'none' | Exclude<Unsubscribe, boolean>
  readonly tags: string
  readonly type: CreateTaskInput['type']
  readonly timeZone: string
  /** Times as `datetime-local` has them; they are those of `timeZone`. */
  readonly at: string
  readonly startAt: string
  readonly until: string
  readonly recurs: 'every' | 'rule'
  readonly every: { readonly n: number | string; readonly unit: Unit }
  readonly rrule: string
  readonly missed: Missed
}

export function emptyDraft(now: number, timeZone: string, preset: Partial<TaskDraft> = {}): TaskDraft {
  const morning = nextMorning(now, timeZone)
  return {
    template: null,
    group: null,
    from: null,
    name: '',
    subject: '',
    scenario: 'marketing',
    unsubscribe: 'default',
    tags: '',
    type: 'immediate',
    timeZone,
    at: morning,
    startAt: morning,
    until: '',
    recurs: 'every',
    every: { n: 1, unit: 'weeks' },
    rrule: '',
    missed: 'latest',
    ...preset,
  }
}

type Mail = Omit<InputOf<'tasks.testSend'>, 'to' | 'variables' | 'idempotencyKey'>

export function mailOf(draft: TaskDraft): Mail {
  const { template, group, from, scenario, unsubscribe } = draft
  const subject = draft.subject.trim()
  return {
    template: template ?? '',
    group: group ?? '',
    from: from ?? '',
    scenario,
    ...(subject === '' ? {} : { subject }),
    ...(unsubscribe === 'default' ? {} : { unsubscribe: unsubscribe === 'none' ? false : unsubscribe }),
  }
}

/** What `tasks.plan` takes, and `tasks.create` too. */
export function planOf(draft: TaskDraft) {
  const mail = mailOf(draft)
  const { type, timeZone, at, startAt, until, missed } = draft
  switch (type) {
    case 'immediate':
      return { type, ...mail } as const
    case 'scheduled':
      return { type, at, timeZone, ...mail }
    case 'recurring': {
      const what =
        draft.recurs === 'rule'
          ? { rrule: draft.rrule.trim() }
          : { every: { n: Number(draft.every.n), unit: draft.every.unit } }
      return { type, startAt, timeZone, ...what, ...(until === '' ? {} : { until }), missed, ...mail }
    }
    default:
      return type satisfies never
  }
}

export function taskOf(draft: TaskDraft): CreateTaskInput {
  const name = draft.name.trim()
  const tags = parseTags(draft.tags)
  return {
    ...planOf(draft),
    ...(name === '' ? {} : { name }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
  }
}
