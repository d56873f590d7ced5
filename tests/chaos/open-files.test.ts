import { expect, it } from 'vitest'
import { needs } from '../servers/needs.js'
import { findProgram } from '../servers/throwaway.js'
import { limitFor } from './open-files.js'
import { kept } from './scenarios/kept.js'
import { openFiles } from './scenarios/open-files.js'

const without = findProgram('prlimit') === undefined ? ' [no prlimit: install util-linux]' : ''

it('a limit leaves as many numbers free as wanted', () => {
  const open = new Set([0, 1, 2, 5, 6, 9])
  expect([0, 1, 2, 3, 4, 5].map((more) => limitFor(open, more))).toEqual([3, 4, 7, 8, 10, 11])
})

needs('postgres')('a worker at its limit of open files, on Postgres', () => {
  it.skipIf(without !== '')(
    `F14, REL-1, REL-2: it ends nothing and loses nothing, doubles nothing, and goes on when it may open files again${without}`,
    { timeout: 600_000 },
    () => kept(openFiles),
  )
})
