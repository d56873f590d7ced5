import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Every, nextOccurrence, type Recurring } from './index.js'

interface Vector {
  readonly name: string
  readonly timeZone: string
  readonly startAt: number
  readonly every?: Every
  readonly rrule?: string
  readonly until: number
  readonly count: number
  readonly sha256: string
  readonly first: readonly number[]
  readonly last: readonly number[]
}

/** Seconds, written by scripts/recurrence-vectors.py from Python's zoneinfo and dateutil. */
const vectors = readFileSync(new URL('../../../tests/recurrence/vectors.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector)

function occurrencesOf({ every, rrule = '', startAt, timeZone, until }: Vector): readonly number[] {
  const base = { startAt: startAt * 1_000, timeZone, until: until * 1_000 }
  const recurring: Recurring = every ? { ...base, every } : { ...base, rrule }
  const found: number[] = []
  for (let at = nextOccurrence(recurring, base.startAt - 1); at !== null; at = nextOccurrence(recurring, at)) {
    found.push(at / 1_000)
  }
  return found
}

const summary = (found: readonly number[]) => ({
  first: found.slice(0, 6),
  last: found.slice(-2),
  count: found.length,
  sha256: createHash('sha256').update(found.join(',')).digest('hex'),
})

describe('occurrences', () => {
  const zones = [...new Set(vectors.map(({ timeZone }) => timeZone))]

  it('are compared in the zones whose clocks are hard', () => {
    expect(zones.length).toBe(11)
    expect(vectors.length).toBeGreaterThan(500)
  })

  it.each(zones)('TSK-5: in %s they are those of an independent oracle', (zone) => {
    for (const vector of vectors.filter(({ timeZone }) => timeZone === zone)) {
      const { name, first, last, count, sha256 } = vector
      expect({ name, ...summary(occurrencesOf(vector)) }).toEqual({ name, first, last, count, sha256 })
    }
  })
})
