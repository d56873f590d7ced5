import { it } from 'vitest'
import { needs } from '../servers/needs.js'
import { kept } from './scenarios/kept.js'
import { postgresFaults } from './scenarios/postgres-faults.js'

needs('postgres')('a private Postgres that fails in the middle of batches and single sends', () => {
  it(
    'F3, REL-1, REL-4: stopped at once, cut off, away or read-only: sends throw STORAGE_UNAVAILABLE and can be repeated, nobody is lost or gets a mail twice, and mail goes on within 30 s',
    {
      timeout: 300_000,
    },
    () => kept(postgresFaults),
  )
})
