/** What a suite needs from a test runner: vitest's and jest's own functions fit. */
export interface Runner {
  readonly describe: (title: string, body: () => void) => unknown
  readonly it: (title: string, body: () => Promise<void> | void) => unknown
  readonly expect: (actual: unknown) => Expectation
}

export interface Expectation {
  toBe(expected: unknown): unknown
  toEqual(expected: unknown): unknown
}
