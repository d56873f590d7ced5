import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { coverage, root, ruleIds } from '../../scripts/rule-titles.js'

const folder = join(root, 'mutants/rules')
const mutants = readdirSync(folder).map((name) => ({ name, ...JSON.parse(readFileSync(join(folder, name), 'utf8')) }))

const ids = ruleIds()
const covered = coverage()

describe('a small wrong change', () => {
  it.each(mutants)('$name finds its text once, and a test with the id of its rule', (mutant) => {
    const { rule, file, find, replace, test } = mutant
    expect(ids).toContain(rule)
    expect(readFileSync(join(root, file), 'utf8').split(find)).toHaveLength(2)
    expect(replace).not.toBe(find)
    expect(existsSync(join(root, test))).toBe(true)
    expect(covered.get(rule)).toContain(test)
  })
})
