import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { packageNames, packageOf, type Source, shipped } from './source-tree.js'

const maximum = 400
const medianAtMost = 90

const linesOf = ({ text }: Source): number => text.trimEnd().split('\n').length

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}

const hasDefaultExport = ({ ast }: Source): boolean =>
  ast.statements.some(
    (statement) =>
      ts.isExportAssignment(statement) ||
      (ts.canHaveModifiers(statement) &&
        ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)),
  )

const paths = (sources: readonly Source[]): readonly string[] => sources.map(({ path }) => path)

describe('files', () => {
  it(`have at most ${maximum} lines`, () => {
    expect(paths(shipped.filter((source) => linesOf(source) > maximum))).toEqual([])
  })

  it.each(packageNames)(`of %s have a median of at most ${medianAtMost} lines`, (name) => {
    const sizes = shipped.filter(({ path }) => packageOf(path) === name).map(linesOf)
    console.log(`${name}: ${sizes.length} files, median ${median(sizes)}, largest ${Math.max(0, ...sizes)} lines`)
    expect(median(sizes)).toBeLessThanOrEqual(medianAtMost)
  })

  it('are named in kebab-case for what they hold', () => {
    const names = shipped.filter(({ path }) => {
      const parts = path
        .replace(/\.tsx?$/, '')
        .split('/')
        .slice(3)
      return parts.some((part) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(part) || /util|helper|manager/.test(part))
    })
    expect(paths(names)).toEqual([])
  })

  it('have named exports only', () => {
    expect(paths(shipped.filter(hasDefaultExport))).toEqual([])
  })

  it('silence no compiler error and re-export no default', () => {
    expect(paths(shipped.filter(({ text }) => /@ts-ignore|@ts-nocheck|export \{ default/.test(text)))).toEqual([])
  })
})
