import { blockRace, controlRace, importRace } from './batch-races.js'
import { peerFaults, redisOutages } from './faults-of-others.js'
import { callbackRace, dailyLimitRace, idempotencyRace, senderLimitRace } from './limit-races.js'
import { mixedOperations } from './mixed-operations.js'
import { openFiles } from './open-files.js'
import { partitions } from './partitions.js'
import { postgresFaults } from './postgres-faults.js'
import { rates } from './rates.js'
import type { ListedScenario } from './scenario.js'
import { sleepingWorkers } from './sleepers.js'
import { stoppedWorkers } from './stopped-workers.js'
import { workerKills } from './worker-kills.js'
import { workerStops } from './worker-stops.js'

/** What `npm run chaos` runs, in this order. A new fault is one more line. */
export const scenarios: readonly ListedScenario[] = [
  workerKills,
  workerStops,
  postgresFaults,
  redisOutages,
  sleepingWorkers,
  stoppedWorkers,
  partitions,
  openFiles,
  dailyLimitRace,
  senderLimitRace,
  callbackRace,
  controlRace,
  blockRace,
  importRace,
  idempotencyRace,
  rates,
  mixedOperations,
  ...peerFaults,
]
