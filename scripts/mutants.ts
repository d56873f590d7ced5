import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
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

type Outcome = { readonly passed: number; readonly failed: number }

const folder = 'mutants/rules'
const copied = [
  'packages',
  'tests',
  'scripts',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
  'vitest.workspace.ts',
]
const apart = /[/\\](node_modules|dist|\.tmp)([/\\]|$)/

function readMutants(only: readonly string[]): readonly Mutant[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ ...(JSON.parse(readFileSync(join(root, folder, name), 'utf8')) as Mutant), name }))
    .filter(({ name, rule }) => only.length === 0 || only.includes(rule) || only.includes(name.replace('.json', '')))
}

/** A copy of the sources below .tmp: packages resolve from the root's node_modules, and the tree itself stays untouched. */
function copyTree(number: number): string {
  const copy = join(root, '.tmp', `mutants-${process.pid}-${number}`)
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

/** Runs the tests of one file whose full name holds the rule's id. A file that does not even load counts as nothing run. */
async function runTests(copy: string, { test, rule }: Pick<Mutant, 'test' | 'rule'>): Promise<Outcome> {
  const report = join(copy, 'report.json')
  rmSync(report, { force: true })
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const flags = ['run', test, '-t', `${rule}\\b`, '--reporter=json', `--outputFile=${report}`, '--root', copy]
  const env = { ...process.env, MAILWRIGHT_REQUIRE_ALL: '', CI: '' }
  const child = spawn(process.execPath, [vitest, ...flags], { cwd: copy, stdio: 'ignore', env })
  await once(child, 'close')
  if (!existsSync(report)) return { passed: 0, failed: 0 }
  const result = JSON.parse(readFileSync(report, 'utf8')) as { numPassedTests: number; numFailedTests: number }
  return { passed: result.numPassedTests, failed: result.numFailedTests }
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
async function problemOf(copy: string, mutant: Mutant, sound: Map<string, Outcome>): Promise<string | undefined> {
  const text = existsSync(join(copy, mutant.file)) ? readFileSync(join(copy, mutant.file), 'utf8') : undefined
  if (text === undefined) return `${mutant.file} does not exist`
  const places = text.split(mutant.find).length - 1
  if (places !== 1) return `the text to change stands ${places} times in ${mutant.file}`
  const key = `${mutant.test} ${mutant.rule}`
  const before = sound.get(key) ?? (await runTests(copy, mutant))
  sound.set(key, before)
  if (before.passed === 0 || before.failed > 0)
    return `without the change ${before.passed} pass and ${before.failed} fail`
  const after = await withChange(copy, mutant, () => runTests(copy, mutant))
  if (after.failed > 0) return undefined
  return after.passed > 0 ? 'SURVIVED: no test noticed' : 'the changed file does not load; change it less'
}

/** Applies each mutant to a copy and expects a failing test of its rule. `only` names rules or mutants. */
export async function checkMutants(only: readonly string[]): Promise<boolean> {
  const waiting = [...readMutants(only.filter((word) => !word.startsWith('--')))]
  const total = waiting.length
  let bad = 0
  const sound = new Map<string, Outcome>()
  const work = async (number: number) => {
    const copy = copyTree(number)
    try {
      for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
        const problem = await problemOf(copy, mutant, sound)
        if (problem !== undefined) bad += 1
        console.log(`${problem === undefined ? 'caught ' : 'FAILED '} ${mutant.name} ${problem ?? ''}`.trimEnd())
      }
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  }
  await Promise.all([0, 1].map(work))
  console.log(`${total} mutants: ${total - bad} caught, ${bad} not`)
  return bad === 0 && total > 0
}
