import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const src = new URL('..', import.meta.url).pathname
const styles = join(dirname(createRequire(import.meta.url).resolve('@mantine/core/styles.css')), 'styles')
const imported = readFileSync(join(src, 'app/mantine.css'), 'utf8')

it('every component of Mantine that is used brings its styles', () => {
  const used = new Set(
    sources().flatMap((text) =>
      [...text.matchAll(/import \{([^}]+)\} from '@mantine\/core'/g)].flatMap(([, names = '']) =>
        names.split(',').map((name) => name.trim()),
      ),
    ),
  )
  const missing = [...used].filter(
    (name) => existsSync(join(styles, `${name}.css`)) && !imported.includes(`/${name}.css`),
  )
  expect(used.size).toBeGreaterThan(30)
  expect(missing).toEqual([])
})

function sources(): readonly string[] {
  const paths = readdirSync(src, { recursive: true, encoding: 'utf8' })
  return paths.filter((path) => path.endsWith('.tsx')).map((path) => readFileSync(join(src, path), 'utf8'))
}
