import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const root = fileURLToPath(new URL('..', import.meta.url))

const ruleId = /\b(?:REL|ACC|DOM|SND|TPL|REG|TRG|GRP|TSK|CBK|DIP|TRK|STA|DLV|BLK|ERR|HOST)-\d+\b/g

const left = new Set(['node_modules', 'dist', '.git', '.tmp'])

/** The TypeScript files below a folder of the repository, relative to its root. */
export function typescriptBelow(folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (entry.isDirectory()) return left.has(entry.name) ? [] : typescriptBelow(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

/** `it`, `test` or `describe` at the root or end of `it.each(…)`, `runner.it`, `describe.skipIf(…)`; undefined for the skipped. */
function testWord(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return /^(it|test|describe)$/.test(callee.text) ? callee.text : undefined
  if (ts.isCallExpression(callee)) {
    // needs('postgres')('title', …) is our describe with a server.
    if (ts.isIdentifier(callee.expression) && callee.expression.text === 'needs') return 'describe'
    return testWord(callee.expression)
  }
  if (ts.isTaggedTemplateExpression(callee)) return testWord(callee.tag)
  if (!ts.isPropertyAccessExpression(callee)) return undefined
  if (/^(skip|todo)$/.test(callee.name.text)) return undefined
  return /^(it|test|describe)$/.test(callee.name.text) ? callee.name.text : testWord(callee.expression)
}

const textOf = (node: ts.Node | undefined): string => {
  if (node === undefined) return ''
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map((span) => span.literal.text).join('')
  return ''
}

/** The titles of the tests of a file, without those that are always skipped; `casesAsData` also reads `{ title, rule }` objects. */
export function testTitles(text: string, casesAsData = false): readonly string[] {
  const titles: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && testWord(node.expression) !== undefined) titles.push(textOf(node.arguments[0]))
    if (
      casesAsData &&
      ts.isPropertyAssignment(node) &&
      ts.isIdentifier(node.name) &&
      /^(title|rule)$/.test(node.name.text)
    )
      titles.push(textOf(node.initializer))
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('test.ts', text, ts.ScriptTarget.ESNext))
  return titles.filter((title) => title !== '')
}

/** The rule ids in a title; not UTF-8 and the like. */
export const idsIn = (text: string): readonly string[] => text.match(ruleId) ?? []

/** The rule ids of docs/rules.md, in its order. */
export function ruleIds(): readonly string[] {
  const lines = readFileSync(join(root, 'docs/rules.md'), 'utf8').split('\n')
  return lines.flatMap((line) => line.match(/^- \*\*([A-Z]{3,4}-\d+)\*\*/)?.[1] ?? [])
}

/** For each rule id, the files with a test of that name. */
export function coverage(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>()
  const isSuite = (path: string) => path.startsWith('packages/conformance/src/')
  for (const path of [...typescriptBelow('packages'), ...typescriptBelow('tests'), ...typescriptBelow('examples')]) {
    if (!isSuite(path) && !path.endsWith('.test.ts')) continue
    for (const title of testTitles(readFileSync(join(root, path), 'utf8'), isSuite(path))) {
      for (const id of idsIn(title)) found.set(id, (found.get(id) ?? new Set()).add(path))
    }
  }
  return new Map([...found].map(([id, paths]) => [id, [...paths]]))
}
