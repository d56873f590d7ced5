import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { root } from './rule-titles.js'

/** One small wrong change that breaks a rule, and the test file that must notice. */
interface Mutant {
  readonly name: string
  readonly rule: string
  readonly file: string
  readonly find: string
  readonly replace: string
  readonly test: string
}

export interface Outcome {
  readonly passed: number
  readonly failed: number
}

/** What a child is asked to run; `changed`: sources that are different for this run only. */
export interface TestRequest {
  readonly test: string
  readonly rule: string
  readonly changed: readonly string[]
}

type Verdict = { readonly rule: string; readonly caught: boolean }

const folder = 'mutants/rules'
const copies = join(root, '.tmp')
const hangsAfter = 300_000
const copied = [
  'packages',
  'tests',
  'scripts',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
  'vitest.workspace.ts',
]
const running = new Set<number>()
const apart = /[/\\](node_modules|dist|\.tmp)([/\\]|$)/

function readMutants(only: readonly string[]): readonly Mutant[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ ...(JSON.parse(readFileSync(join(root, folder, name), 'utf8')) as Mutant), name }))
    .filter(({ name, rule }) => only.length === 0 || only.includes(rule) || only.includes(name.replace('.json', '')))
}

/** The rules that some mutant breaks. */
export const brokenRules = (): ReadonlySet<string> => new Set(readMutants([]).map(({ rule }) => rule))

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Removes the copies of this process, and those that a killed one has left. */
function removeCopies(): void {
  if (!existsSync(copies)) return
  for (const name of readdirSync(copies)) {
    const pid = Number(/^mutants-(\d+)-\d+$/.exec(name)?.[1] ?? Number.NaN)
    if (pid === process.pid || (pid > 0 && !isAlive(pid))) rmSync(join(copies, name), { recursive: true, force: true })
  }
}

/** Ends a run of tests with all its workers: they are a group of their own. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/** Interrupted: nothing goes on and nothing stays behind. */
function leaveOnSignals(): void {
  for (const [signal, code] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const])
    process.once(signal, () => {
      for (const pid of running) endGroup(pid)
      removeCopies()
      process.exit(code)
    })
}

/** A copy of the sources below .tmp: packages resolve from the root's node_modules, and the tree itself stays untouched. */
function copyTree(number: number): string {
  const copy = join(copies, `mutants-${process.pid}-${number}`)
  mkdirSync(copy, { recursive: true })
  for (const name of copied) {
    const filter = (source: string) => !apart.test(source.slice(root.length - 1))
    if (existsSync(join(root, name))) cpSync(join(root, name), join(copy, name), { recursive: true, filter })
  }
  for (const name of readdirSync(join(root, 'packages'))) {
    const modules = join(root, 'packages', name, 'node_modules')
    if (existsSync(modules)) symlinkSync(modules, join(copy, 'packages', name, 'node_modules'))
  }
  return copy
}

/** Runs tests in one copy, in a child that is replaced when a change makes it hang. */
class Tests {
  readonly #copy: string
  #child: ChildProcess | null = null

  constructor(copy: string) {
    this.#copy = copy
  }

  async run(request: TestRequest): Promise<Outcome> {
    this.#child ??= fork(join(root, 'scripts/mutant-tests.ts'), [this.#copy], {
      cwd: this.#copy,
      execArgv: ['--import', 'tsx'],
      stdio: 'ignore',
      env: { ...process.env, MAILWRIGHT_REQUIRE_ALL: '', CI: '' },
      detached: true,
    })
    const child = this.#child
    const pid = child.pid ?? 0
    running.add(pid)
    const hang = setTimeout(() => endGroup(pid), hangsAfter)
    child.send(request)
    const heard = new AbortController()
    const answer = await Promise.race([
      once(child, 'message', heard).then(([outcome]) => outcome as Outcome),
      once(child, 'exit', heard).then(() => null),
    ])
    heard.abort()
    clearTimeout(hang)
    if (answer !== null) return answer
    running.delete(pid)
    this.#child = null
    return { passed: 0, failed: 0 }
  }

  async end(): Promise<void> {
    const child = this.#child
    if (child === null) return
    const ended = once(child, 'exit')
    child.disconnect()
    await ended
    running.delete(child.pid ?? 0)
  }
}

async function withChange<T>(copy: string, { file, find, replace }: Mutant, body: () => Promise<T>): Promise<T> {
  const path = join(copy, file)
  const before = readFileSync(path, 'utf8')
  writeFileSync(
    path,
    before.replace(find, () => replace),
  )
  try {
    return await body()
  } finally {
    writeFileSync(path, before)
  }
}

/** What is wrong with a mutant; undefined when the rule's test caught it. */
async function problemOf(
  copy: string,
  tests: Tests,
  mutant: Mutant,
  sound: Map<string, Promise<Outcome>>,
): Promise<string | undefined> {
  const text = existsSync(join(copy, mutant.file)) ? readFileSync(join(copy, mutant.file), 'utf8') : undefined
  if (text === undefined) return `${mutant.file} does not exist`
  const places = text.split(mutant.find).length - 1
  if (places !== 1) return `the text to change stands ${places} times in ${mutant.file}`
  const key = `${mutant.test} ${mutant.rule}`
  const run = sound.get(key) ?? tests.run({ ...mutant, changed: [] })
  sound.set(key, run)
  const before = await run
  if (before.passed === 0 || before.failed > 0)
    return `without the change ${before.passed} pass and ${before.failed} fail`
  const after = await withChange(copy, mutant, () => tests.run({ ...mutant, changed: [mutant.file] }))
  if (after.failed > 0) return undefined
  return after.passed > 0 ? 'SURVIVED: no test noticed' : 'the changed file does not load or hangs; change it less'
}

/** One line a rule: how many mutants it has and how many its tests caught. */
function reportRules(verdicts: readonly Verdict[]): void {
  for (const rule of new Set(verdicts.map(({ rule }) => rule))) {
    const own = verdicts.filter((verdict) => verdict.rule === rule)
    console.log(`${rule.padEnd(8)} mutants ${own.length}, caught ${own.filter(({ caught }) => caught).length}`)
  }
}

/** Applies each mutant to a copy and expects a failing test of its rule. `only` names rules or mutants. */
export async function checkMutants(only: readonly string[]): Promise<boolean> {
  const mutants = readMutants(only.filter((word) => !word.startsWith('--')))
  const waiting = [...mutants]
  const caught = new Set<string>()
  const sound = new Map<string, Promise<Outcome>>()
  const work = async (number: number) => {
    const copy = copyTree(number)
    const tests = new Tests(copy)
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const problem = await problemOf(copy, tests, mutant, sound)
      if (problem === undefined) caught.add(mutant.name)
      console.log(`${problem === undefined ? 'caught ' : 'FAILED '} ${mutant.name} ${problem ?? ''}`.trimEnd())
    }
    await tests.end()
  }
  removeCopies()
  leaveOnSignals()
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, (_, number) => work(number)))
  } finally {
    removeCopies()
  }
  reportRules(mutants.map(({ name, rule }) => ({ rule, caught: caught.has(name) })))
  console.log(`${mutants.length} mutants: ${caught.size} caught, ${mutants.length - caught.size} not`)
  return caught.size === mutants.length && mutants.length > 0
}
