import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** The root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Import {
  readonly specifier: string
  /** True for `import type`, `export type … from` and `import('…')` in a type: nothing of it is left at run time. */
  readonly typeOnly: boolean
  /** The imported file relative to the root, when the specifier is relative and the file exists. */
  readonly target: string | undefined
}

export interface Source {
  /** Relative to the root, with slashes: packages/core/src/index.ts. */
  readonly path: string
  readonly text: string
  readonly ast: ts.SourceFile
  readonly imports: readonly Import[]
}

const isFile = (path: string): boolean => existsSync(join(root, path)) && statSync(join(root, path)).isFile()

function importsOf(ast: ts.SourceFile, path: string): readonly Import[] {
  const found: Import[] = []
  const add = (specifier: string, typeOnly: boolean) => {
    const wanted = posix.join(posix.dirname(path), specifier).replace(/\.js$/, '')
    const target = specifier.startsWith('.') ? [`${wanted}.ts`, `${wanted}.tsx`, wanted].find(isFile) : undefined
    found.push({ specifier, typeOnly, target })
  }
  const onlyTypes = (names: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[]) =>
    names.length > 0 && names.every((name) => name.isTypeOnly)
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const clause = node.importClause
      const named = clause?.namedBindings
      const allTypes =
        clause?.name === undefined && named !== undefined && ts.isNamedImports(named) && onlyTypes([...named.elements])
      add(node.moduleSpecifier.text, clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || allTypes)
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      const clause = node.exportClause
      const allTypes = clause !== undefined && ts.isNamedExports(clause) && onlyTypes([...clause.elements])
      if (ts.isStringLiteral(node.moduleSpecifier)) add(node.moduleSpecifier.text, node.isTypeOnly || allTypes)
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      if (ts.isStringLiteral(node.argument.literal)) add(node.argument.literal.text, true)
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const argument = node.arguments[0]
      if (argument !== undefined && ts.isStringLiteral(argument)) add(argument.text, false)
    }
    ts.forEachChild(node, visit)
  }
  visit(ast)
  return found
}

const skipped = new Set(['node_modules', 'dist', '.git', '.tmp'])

/** The paths of all files below a folder of the repository, relative to its root. */
export function filesBelow(folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !skipped.has(name))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name)
      return entry.isDirectory() ? filesBelow(path) : [path]
    })
    .sort()
}

/** Reads and parses the TypeScript files below the folders. */
export function readSources(...folders: readonly string[]): readonly Source[] {
  return folders
    .flatMap(filesBelow)
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      const ast = ts.createSourceFile(
        path,
        text,
        ts.ScriptTarget.ESNext,
        false,
        path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
      )
      return { path, text, ast, imports: importsOf(ast, path) }
    })
}

export const packageNames: readonly string[] = readdirSync(join(root, 'packages')).sort()

export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || path.includes('/tests/')

/** The shipped sources of all packages: no tests. */
export const shipped: readonly Source[] = readSources(...packageNames.map((name) => `packages/${name}/src`)).filter(
  ({ path }) => !isTest(path),
)

export const packageOf = (path: string): string => path.split('/')[1] ?? ''
