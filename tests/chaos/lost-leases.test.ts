import { it } from 'vitest'
import { needs } from '../servers/needs.js'
import { kept } from './scenarios/kept.js'
import { partitions } from './scenarios/partitions.js'
import { sleepingWorkers } from './scenarios/sleepers.js'
import { stoppedWorkers } from './scenarios/stopped-workers.js'

needs('postgres')('workers that lose their lease and live on, on Postgres', () => {
  it(
    'F15, REL-1, REL-3: what sleepers hold is taken over; when they wake up no mail has two states and every figure is counted once',
    {
      timeout: 300_000,
    },
    () => kept(sleepingWorkers),
  )

  it(
    'F11, REL-1, REL-3: two workers stopped in the middle of a batch and woken while another one is at what they held hold nothing again, and send only what they had begun under a claim',
    {
      timeout: 300_000,
    },
    () => kept(stoppedWorkers),
  )

  it(
    'F17, REL-1, REL-3: cut off from the database, a worker starts nothing above its stored claim; healed, nobody is lost and all is counted once',
    {
      timeout: 300_000,
    },
    () => kept(partitions),
  )
})
