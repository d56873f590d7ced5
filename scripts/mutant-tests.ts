/**
 * Runs single test files of one tree on request: the child process of scripts/mutants.ts, which changes a source between two requests. One vitest
 * stays for all of them, so that only what was changed is
 * read and transformed again.
 */
import { join } from 'node:path'
import { createVitest } from 'vitest/node'
import type { Outcome, TestRequest } from './mutants.js'

const tree = process.argv[2] ?? ''
const vitest = await createVitest('test', { root: tree, watch: false, reporters: [{}], silent: true })
await vitest.standalone()

/** Runs the tests whose full name holds the rule's id. A file that does not even load counts as nothing run. */
async function run({ test, rule, changed }: TestRequest): Promise<Outcome> {
  const forget = () => {
    for (const file of changed) vitest.invalidateFile(join(tree, file))
  }
  forget()
  vitest.setGlobalTestNamePattern(`${rule}\\b`)
  const specifications = await vitest.globTestSpecifications([test])
  const { testModules } = await vitest.runTestSpecifications(specifications)
  forget()
  const asked = new Set(specifications.map(({ moduleId }) => moduleId))
  const states = testModules
    .filter(({ moduleId }) => asked.has(moduleId))
    .flatMap(({ children }) => [...children.allTests()].map((one) => one.result().state))
  const count = (state: 'passed' | 'failed') => states.filter((one) => one === state).length
  return { passed: count('passed'), failed: count('failed') }
}

process.on('message', (request: TestRequest) => void run(request).then((outcome) => process.send?.(outcome)))
process.on('disconnect', () => process.exit())
