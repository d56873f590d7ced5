import type { Dimension, TallyFilter } from '@mailwright/core'
import { account, bigDomains, day, days, domains, start, tailDomains } from './statistics-data.js'

const hour = 3_600_000
const quarter = 900_000

/** A small generator of its own, so that two runs ask the same. */
let state = 42
export const random = (below: number): number => {
  state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
  return Math.floor((state / 2 ** 32) * below)
}
const one = <T>(values: readonly T[]): T => values[random(values.length)] as T

const offsetOf = (at: number, timeZone: string): number => {
  const local = new Date(at).toLocaleString('sv-SE', { timeZone })
  return Date.parse(`${local.replace(' ', 'T')}Z`) - Math.floor(at / 1_000) * 1_000
}
/** Midnights of a zone in [from, to], each found by its offset at about that time. */
const midnights = (from: number, to: number, timeZone: string): readonly number[] => {
  const found: number[] = []
  for (let at = Math.floor(from / day) * day - day; at <= to + day; at += day) {
    const midnight = at - offsetOf(at, timeZone)
    if (midnight >= from && midnight <= to) found.push(midnight)
  }
  return found
}

const zones = ['UTC', 'Asia/Kolkata', 'America/New_York', 'Asia/Shanghai', 'Asia/Kathmandu'] as const
const recipientDomain = (): string =>
  random(2) === 0 ? `big${random(bigDomains)}.example` : `tail${random(tailDomains)}.example`
const id = (kind: string, n: number | string): string => `${kind}-${n}`

export interface Question {
  readonly name: string
  readonly make: () => TallyFilter
}

type Rest = Partial<TallyFilter>
const cubeOf = ({ by = [], recipientDomains }: Rest): TallyFilter['cube'] =>
  by.includes('recipientDomain') || recipientDomains !== undefined ? 'recipient' : 'sender'

const ofOneDay = (name: string, rest: () => Rest): Question => ({
  name: `day: ${name}`,
  make: () => {
    const [midnight = start] = midnights(start + (1 + random(days - 1)) * day, start + (days + 1) * day, one(zones))
    const given = rest()
    const edges = given.by?.includes('bucket')
      ? { edges: Array.from({ length: 24 }, (_, at) => midnight + at * hour) }
      : {}
    return { cube: cubeOf(given), account, from: midnight, to: midnight + day, ...edges, ...given }
  },
})

const ofAllDays = (name: string, rest: () => Rest): Question => ({
  name: `90 days: ${name}`,
  make: () => {
    const zone = one(zones)
    const from = start + day + random(48) * quarter
    const to = from + days * day
    const given = rest()
    const edges = given.by?.includes('bucket') ? { edges: midnights(from, to, zone) } : {}
    return { cube: cubeOf(given), account, from, to, ...edges, ...given }
  },
})

const by = (...dimensions: readonly Dimension[]): Rest => ({ by: dimensions })

const kinds: readonly (readonly [string, () => Rest])[] = [
  ['sum', () => by()],
  ['by sender domain', () => by('domain')],
  ['by recipient domain', () => by('recipientDomain')],
  ['by recipient domain, of a sender domain', () => ({ ...by('recipientDomain'), domains: [one(domains)] })],
  ['by recipient domain, of a template', () => ({ ...by('recipientDomain'), templates: [id('template', random(16))] })],
  [
    'by recipient domain, of a task',
    () => ({ ...by('recipientDomain'), tasks: [id('task', `${random(days)}-${random(5)}`)] }),
  ],
  ['by template', () => by('template')],
  ['by task', () => by('task')],
  ['by time', () => by('bucket')],
  ['by time and sender domain', () => by('bucket', 'domain')],
  ['by time, of a template', () => ({ ...by('bucket'), templates: [id('template', random(16))] })],
  ['by time, of a recipient domain', () => ({ ...by('bucket'), recipientDomains: [recipientDomain()] })],
]

export const questions: readonly Question[] = [
  ...kinds.map(([name, rest]) => ofOneDay(name, rest)),
  ...kinds.map(([name, rest]) => ofAllDays(name, rest)),
]
