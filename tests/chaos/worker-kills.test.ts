import { it } from 'vitest'
import { needs } from '../servers/needs.js'
import { kept } from './scenarios/kept.js'
import { workerKills } from './scenarios/worker-kills.js'
import { workerStops } from './scenarios/worker-stops.js'

needs('postgres')('workers that end in the middle of a batch, on Postgres', () => {
  it(
    'F1, REL-1, REL-2, REL-3: after 20 times kill -9 nobody is lost, a kill doubles at most unsettledMax, what it held goes on within 60 s, and all figures add up',
    { timeout: 300_000 },
    () => kept(workerKills),
  )

  it(
    'F2, REL-1, REL-3: after 10 times SIGTERM nobody is lost and nobody gets a mail twice; the process ends by itself with 0 and leaves no lease behind',
    { timeout: 300_000 },
    () => kept(workerStops),
  )
})
