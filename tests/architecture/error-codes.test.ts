import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { codes } from '../../packages/core/src/errors/codes.js'
import { errorsDoc } from '../../scripts/errors-doc.js'
import { notYetThrown } from './error-codes.js'
import { root, shipped } from './source-tree.js'

const table = 'packages/core/src/errors/codes.ts'
const names = Object.keys(codes)

/** Every string literal of the shipped sources but the table itself: a code may be thrown or answered as a refusal. */
const usedStrings = new Set<string>()
for (const { path, ast } of shipped) {
  if (path === table) continue
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) usedStrings.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ast)
}

describe('error codes', () => {
  it('ERR-1: are upper snake case, with a message that says what to do and the code of the original where it has one', () => {
    for (const [code, entry] of Object.entries(codes)) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/)
      expect(entry.message).toMatch(/^[A-Z].*\.$/)
      if ('original' in entry) expect(entry.original).toMatch(/^[A-Z][A-Za-z]+(\.[A-Z][A-Za-z]+)?$/)
    }
    const originals = Object.values(codes).filter((entry) => 'original' in entry)
    expect(originals.length).toBeGreaterThan(20)
  })

  it('are each used in the shipped sources, or named with the part that will use them', () => {
    expect(names.filter((code) => !usedStrings.has(code) && !(code in notYetThrown))).toEqual([])
  })

  it('leave the list of unused ones once they are used', () => {
    expect(Object.keys(notYetThrown).filter((code) => usedStrings.has(code) || !names.includes(code))).toEqual([])
  })

  it('ERR-1: stand in docs/errors.md, each with the code of the original: npm run write:docs', () => {
    const doc = readFileSync(join(root, 'docs/errors.md'), 'utf8')
    expect(doc).toBe(errorsDoc())
    for (const [code, entry] of Object.entries(codes)) {
      const row = doc.split('\n').find((line) => line.startsWith(`| \`${code}\``))
      expect(row, code).toContain(entry.message.split('<')[0])
      if ('original' in entry) expect(row).toContain(entry.original)
    }
  })
})
