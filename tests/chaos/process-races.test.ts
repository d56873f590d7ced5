import { it } from 'vitest'
import { needs } from '../servers/needs.js'
import { blockRace, controlRace, importRace } from './scenarios/batch-races.js'
import { kept } from './scenarios/kept.js'
import { callbackRace, dailyLimitRace, idempotencyRace, senderLimitRace } from './scenarios/limit-races.js'
import { mixedOperations } from './scenarios/mixed-operations.js'

const options = { timeout: 300_000 }

needs('postgres')('races between four processes, on Postgres', () => {
  it('C1, TSK-6: of 1,000 sends at once into a day that has 100 left, exactly 100 are accepted and sent', options, () =>
    kept(dailyLimitRace),
  )

  it('C2, SND-1: of 1,000 creates of a sender at once, exactly those succeed that make 10', options, () =>
    kept(senderLimitRace),
  )

  it('C3, CBK-1: of 200 calls at once one callback of the account and one of the sender is left', options, () =>
    kept(callbackRace),
  )

  it(
    'C4, REL-5: whatever the order of pause, restart and cancel, every row is accounted for, and after cancel no more leaves than was on its way',
    options,
    () => kept(controlRace),
  )

  it('C5, REL-5: who is blocked gets nothing from the next flush window on', options, () => kept(blockRace))

  it('C6, GRP-4, GRP-6, SND-4: imports at once are whole or refused, and what a run uses stays', options, () =>
    kept(importRace),
  )

  it(
    'C8, ACC-4: one key at once is one send and one task with one answer, also after a crash; another body is a conflict',
    options,
    () => kept(idempotencyRace),
  )

  it('C9: of mixed calls on few records none ends with a deadlock or a serialisation failure', options, () =>
    kept(mixedOperations),
  )
})
