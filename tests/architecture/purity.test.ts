import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { packageOf, type Source, shipped } from './source-tree.js'

/** Names whose use reads a clock, draws chance, waits or touches the process. */
const impureMembers = new Set(['Date.now', 'Math.random', 'performance.now', 'crypto.randomUUID'])
const impureNames = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'process',
  'fetch',
  'console',
])

/** The impure expressions in a file, by syntax, so that comments and strings do not count. */
function impurities({ ast, imports }: Pick<Source, 'ast' | 'imports'>): readonly string[] {
  const found = imports.filter(({ specifier }) => specifier.startsWith('node:')).map(({ specifier }) => specifier)
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const member = `${node.expression.text}.${node.name.text}`
      if (impureMembers.has(member) || impureNames.has(node.expression.text)) found.push(member)
    } else if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const { text } = node.expression
      if (impureNames.has(text) || text === 'Date') found.push(`${text}()`)
    } else if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Date') {
      if (node.arguments === undefined || node.arguments.length === 0) found.push('new Date()')
    }
    ts.forEachChild(node, visit)
  }
  visit(ast)
  return found
}

const parsed = (text: string) => ({ ast: ts.createSourceFile('x.ts', text, ts.ScriptTarget.ESNext), imports: [] })
const report = (sources: readonly Source[], find: (source: Source) => readonly string[]) =>
  sources.flatMap((source) => find(source).map((what) => `${source.path}: ${what}`))

describe('core/src/domain', () => {
  it('reads no clock, draws no chance, does no input or output', () => {
    const domain = shipped.filter(({ path }) => path.startsWith('packages/core/src/domain/'))
    expect(domain.length).toBeGreaterThan(0)
    expect(report(domain, impurities)).toEqual([])
  })

  it('would be caught at it', () => {
    for (const text of ['Date.now()', 'new Date()', 'Math.random()', 'setTimeout(f, 1)', 'process.env', 'Date()'])
      expect(impurities(parsed(text))).toHaveLength(1)
    expect(impurities(parsed('new Date(0).toISOString() // Date.now()'))).toEqual([])
  })
})

describe('the clock', () => {
  // Files that are a clock say so in their name; the memory storage has a time() like every storage.
  const clocks = /\/(?:[a-z-]+-)?clock\.ts$|\/clock\/system\/|\/storage\/memory\/index\.ts$/
  const clockWords = new Set(['Date.now', 'new Date()', 'Date()', 'Math.random'])

  it.each(['core', 'adapters', 'http'])('and chance come to %s through ports', (name) => {
    const sources = shipped.filter(({ path }) => packageOf(path) === name && !clocks.test(path))
    expect(report(sources, (source) => impurities(source).filter((what) => clockWords.has(what)))).toEqual([])
  })
})

describe('packages', () => {
  it('write nothing to the console', () => {
    const consoles = (source: Source) => impurities(source).filter((what) => what.startsWith('console'))
    expect(report(shipped, consoles)).toEqual([])
  })
})

describe('the SQL of adapters', () => {
  const clockWords =
    /\b(?:now\s*\(\s*\)|current_timestamp|clock_timestamp|statement_timestamp|transaction_timestamp|localtimestamp)/i

  // The clock of all processes is asked in one place, time(); everything else gets its instant as a parameter.
  it('reads the clock in one place', () => {
    const sql = shipped.filter(({ path }) => path.startsWith('packages/adapters/src/storage/postgres/'))
    const reading = ({ ast, text }: Source) => {
      const found: string[] = []
      const visit = (node: ts.Node): void => {
        const literal = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)
        const words = literal ? clockWords.exec(text.slice(node.pos, node.end)) : null
        if (words !== null) found.push(words[0])
        else ts.forEachChild(node, visit)
      }
      visit(ast)
      return found
    }
    expect(report(sql, reading)).toEqual([expect.stringMatching(/\/(storage|time|clock)\.ts: clock_timestamp$/)])
  })
})
