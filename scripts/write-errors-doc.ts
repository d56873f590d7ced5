/** Writes docs/errors.md; with --check it only compares and fails when the file is out of date. */
import { readFileSync, writeFileSync } from 'node:fs'
import { errorsDoc } from './errors-doc.js'

const path = new URL('../docs/errors.md', import.meta.url)

if (process.argv.includes('--check')) {
  const upToDate = readFileSync(path, 'utf8') === errorsDoc()
  console.log(upToDate ? 'docs/errors.md is up to date' : 'docs/errors.md is out of date: run npm run write:docs')
  if (!upToDate) process.exitCode = 1
} else {
  writeFileSync(path, errorsDoc())
  console.log('docs/errors.md written')
}
