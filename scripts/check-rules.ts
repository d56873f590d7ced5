/**
 * Compares the rule ids of docs/rules.md with the titles of the tests. Fails when a rule is neither tested nor pending, or no mutant breaks it.
 * `-- --mutants` also breaks rules on purpose, one change each (mutants/rules), and fails when no test notices.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brokenRules, checkMutants } from './mutants.js'
import { coverage, root, ruleIds } from './rule-titles.js'

type Pending = { readonly id: string; readonly part: string; readonly why: string }

function checkTitles(): boolean {
  const ids = ruleIds()
  const covered = coverage()
  const pending = JSON.parse(readFileSync(join(root, 'rules-pending.json'), 'utf8')) as readonly Pending[]
  const isPending = new Set(pending.map(({ id }) => id))
  const uncovered = ids.filter((id) => !covered.has(id) && !isPending.has(id))
  const unknown = [...covered.keys(), ...isPending].filter((id) => !ids.includes(id))
  for (const { id, part, why } of pending.filter(({ id }) => !covered.has(id)))
    console.log(`pending   ${id} (${part}: ${why})`)
  for (const { id, part } of pending.filter(({ id }) => covered.has(id)))
    console.log(`warning   ${id} is tested and still pending (${part}): remove it if all of the rule is there`)
  for (const id of unknown)
    console.log(`UNKNOWN   ${id} stands in a title or in rules-pending.json, not in docs/rules.md`)
  for (const id of uncovered) console.log(`UNCOVERED ${id}`)
  const broken = brokenRules()
  const unbroken = ids.filter((id) => !broken.has(id) && !isPending.has(id))
  for (const id of unbroken)
    console.log(`UNBROKEN  ${id}: no mutant in mutants/rules shows that its tests would notice`)
  const tested = ids.filter((id) => covered.has(id)).length
  console.log(`${ids.length} rules: ${tested} tested, ${isPending.size} pending, ${uncovered.length} uncovered`)
  return uncovered.length === 0 && unknown.length === 0 && unbroken.length === 0
}

const titles = checkTitles()
const mutants = process.argv.includes('--mutants') ? await checkMutants(process.argv.slice(2)) : true
if (!titles || !mutants) process.exitCode = 1
