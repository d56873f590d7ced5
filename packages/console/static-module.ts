import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'
import type { ConsoleFile } from './types/index.js'

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/**
 * Writes what vite built as one module, for `import` and for `require`, because a folder of files is found differently from ESM, from CommonJS and from a
 * host that is bundled, and not at all by some.
 */
export function staticModule(folder: string): Plugin {
  return {
    name: 'static-module',
    apply: 'build',
    writeBundle(_, bundle) {
      const files = Object.values(bundle).map((output) =>
        fileOf(output.fileName, output.type === 'asset' ? output.source : output.code),
      )
      const list = JSON.stringify(files.sort((a, b) => (a.path < b.path ? -1 : 1)))
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'index.js'), `export const consoleFiles = ${list}\n`)
      writeFileSync(join(folder, 'index.cjs'), `'use strict'\nexports.consoleFiles = ${list}\n`)
    },
    buildStart() {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function fileOf(path: string, content: string | Uint8Array): ConsoleFile {
  const type = types[path.split('.').at(-1) ?? '']
  if (type === undefined) throw new Error(`${path} has no content type: add it in static-module.ts.`)
  return { path, type, gzipBase64: gzipSync(content, { level: 9 }).toString('base64') }
}
