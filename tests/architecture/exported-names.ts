import ts from 'typescript'
import type { Source } from './source-tree.js'

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false)

function declaredNames(node: ts.Statement): readonly string[] {
  if (!isExported(node)) return []
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [`value ${name.text}`] : [],
    )
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return [`type ${node.name.text}`]
  if ((ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name !== undefined)
    return [`value ${node.name.text}`]
  return []
}

/** What a file exports, following `export … from`, as sorted `value name` and `type name` lines. */
export function exportedNames(path: string, sources: ReadonlyMap<string, Source>): readonly string[] {
  const source = sources.get(path)
  if (source === undefined) return []
  const targetOf = (specifier: string) => source.imports.find((one) => one.specifier === specifier)?.target ?? ''
  const asType = (line: string) => line.replace(/^value /, 'type ')
  const names = source.ast.statements.flatMap((node) => {
    if (!ts.isExportDeclaration(node)) return declaredNames(node)
    const from = node.moduleSpecifier
    const inner = from !== undefined && ts.isStringLiteral(from) ? exportedNames(targetOf(from.text), sources) : []
    if (node.exportClause === undefined) return node.isTypeOnly ? inner.map(asType) : inner
    if (!ts.isNamedExports(node.exportClause)) return [`value ${node.exportClause.name.text}`]
    return node.exportClause.elements.map(({ name, propertyName, isTypeOnly }) => {
      const original = (propertyName ?? name).text
      const isType = node.isTypeOnly || isTypeOnly || inner.includes(`type ${original}`)
      return `${isType ? 'type' : 'value'} ${name.text}`
    })
  })
  return [...new Set(names)].sort()
}
