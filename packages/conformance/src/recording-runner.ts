import { isDeepStrictEqual } from 'node:util'
import type { Expectation, Runner } from './runner.js'

export interface Recorded {
  /** The titles of the suites around it, outermost first. */
  readonly within: readonly string[]
  readonly title: string
  /** null when it passed. */
  readonly error: Error | null
}

export interface RecordingRunner {
  readonly runner: Runner
  /** Runs what was registered, one after another, and answers what became of each. */
  run(): Promise<readonly Recorded[]>
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value))

/** Deep equality that takes an undefined property for an absent one, as the `toEqual` of vitest and jest does. */
const alike = (one: unknown, other: unknown): boolean => {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, at) => alike(item, other[at]))
  }
  if (isPlain(one) && isPlain(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)])
    return [...keys].every((key) => alike(one[key], other[key]))
  }
  return isDeepStrictEqual(one, other)
}

const show = (value: unknown): string => {
  try {
    return (
      JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'undefined'
    )
  } catch {
    return String(value)
  }
}

const expectation = (actual: unknown): Expectation => {
  const check = (holds: boolean, expected: unknown) => {
    if (!holds) throw new Error(`expected ${show(expected)}, got ${show(actual)}`)
  }
  return {
    toBe: (expected) => check(Object.is(actual, expected), expected),
    toEqual: (expected) => check(alike(actual, expected), expected),
  }
}

/**
 * A runner that collects tests instead of reporting them, so that a test can run a whole suite against a wrong adapter and see which
 * cases fail.
 */
export const recordingRunner = (): RecordingRunner => {
  const path: string[] = []
  const tests: { within: readonly string[]; title: string; body: () => Promise<void> | void }[] = []
  const runner: Runner = {
    describe: (title, body) => {
      path.push(title)
      body()
      path.pop()
    },
    it: (title, body) => void tests.push({ within: [...path], title, body }),
    expect: expectation,
  }
  const run = async (): Promise<readonly Recorded[]> => {
    const results: Recorded[] = []
    for (const { within, title, body } of tests) {
      try {
        await body()
        results.push({ within, title, error: null })
      } catch (error) {
        results.push({ within, title, error: error instanceof Error ? error : new Error(String(error)) })
      }
    }
    return results
  }
  return { runner, run }
}

/** The titles of those that failed. */
export const failuresOf = (results: readonly Recorded[]): readonly string[] =>
  results.filter(({ error }) => error !== null).map(({ title }) => title)
