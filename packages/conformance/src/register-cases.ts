import type { Runner } from './runner.js'

/** A promise of a port. Its id stands in the test's title and never changes: mutants and exceptions name it. */
export interface Case<Bench> {
  readonly id: string
  readonly run: (bench: Bench) => Promise<void>
}

/** A case left out, and why. The reason stands in the title of the suite. */
export interface Skipped {
  readonly id: string
  readonly reason: string
}

export interface Registration<Bench> {
  readonly title: string
  readonly runner: Runner
  readonly cases: readonly Case<Bench>[]
  readonly skip: readonly Skipped[]
  /** Opens a bench of its own for the case, runs it there and clears up, also when it fails. */
  readonly runOn: (one: Case<Bench>) => Promise<void>
}

/**
 * Registers one test for each case.
 * @throws when `skip` names a case that does not exist or gives no reason.
 */
export const registerCases = <Bench>({ title, runner, cases, skip, runOn }: Registration<Bench>): void => {
  for (const { id, reason } of skip) {
    if (!cases.some((one) => one.id === id)) throw new Error(`There is no case ${id}.`)
    if (reason.trim() === '') throw new Error(`Leaving out ${id} needs a reason.`)
  }
  const leftOut = skip.map(({ id, reason }) => `, without ${id}: ${reason}`).join('')
  runner.describe(`${title}${leftOut}`, () => {
    for (const one of cases) if (!skip.some(({ id }) => id === one.id)) runner.it(one.id, () => runOn(one))
  })
}
