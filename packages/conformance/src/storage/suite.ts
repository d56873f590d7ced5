import type { Storage } from '@mailwright/core'
import { registerCases, type Skipped } from '../register-cases.js'
import type { Runner } from '../runner.js'
import { accountCases } from './accounts.js'
import { advanceCases } from './advance.js'
import { applyCases } from './apply.js'
import { blockCases } from './block.js'
import type { HostTransaction, StorageCase } from './case.js'
import { claimCases } from './claim.js'
import { countCases } from './count.js'
import { eraseCases } from './erase.js'
import { eventPageCases } from './event-pages.js'
import { foldCases } from './fold.js'
import { followCases } from './follow.js'
import { groupCases } from './groups.js'
import { holdCases } from './hold.js'
import { lifeCases, restartCases } from './life.js'
import { onceCases } from './once.js'
import { pageCases } from './page.js'
import { purgeCases } from './purge.js'
import { quotaCases } from './quota.js'
import { raceCases } from './races.js'
import { recipientCases } from './recipients.js'
import { recordCases } from './record.js'
import { settleCases } from './settle.js'
import { settleOrderCases } from './settle-order.js'
import { slotCases } from './slot.js'
import { storedCases } from './stored.js'
import { tallyCases } from './tally.js'
import { transactionCases } from './tx.js'
import { valueCases } from './values.js'
import { windowBookCases } from './window-book.js'
import { workCases } from './work.js'
import { workRingCases } from './work-ring.js'

export interface StorageContext {
  /** The case the storage is for: a name for a schema or a folder. */
  readonly caseId: string
}

export interface StorageConformanceOptions {
  readonly runner: Runner
  /** An empty, migrated storage. It may be a shared one that was emptied: cases run one after another. */
  readonly create: (context: StorageContext) => Promise<Storage>
  /** Frees what `create` took. The storage may be closed already. */
  readonly dispose?: (storage: Storage) => Promise<void>
  /** Ends the storage as the end of its process would, and opens it anew. Left out: close and create. */
  readonly reopen?: (storage: Storage) => Promise<Storage>
  /** Required for a storage that declares `callerTransaction`. */
  readonly transaction?: HostTransaction
  /** Cases left out. Each needs a reason, which stands in the title of the suite. */
  readonly skip?: readonly Skipped[]
}

/** All cases, in the order of their run. */
export const storageCases: readonly StorageCase[] = [
  ...applyCases,
  ...recordCases,
  ...holdCases,
  ...onceCases,
  ...slotCases,
  ...windowBookCases,
  ...quotaCases,
  ...workCases,
  ...workRingCases,
  ...claimCases,
  ...advanceCases,
  ...settleCases,
  ...settleOrderCases,
  ...followCases,
  ...tallyCases,
  ...countCases,
  ...groupCases,
  ...foldCases,
  ...blockCases,
  ...recipientCases,
  ...pageCases,
  ...eventPageCases,
  ...purgeCases,
  ...eraseCases,
  ...valueCases,
  ...storedCases,
  ...raceCases,
  ...accountCases,
  ...lifeCases,
  ...restartCases,
  ...transactionCases,
]

const runCase = async (one: StorageCase, options: StorageConformanceOptions): Promise<void> => {
  const { runner, create, dispose, transaction = null } = options
  const made: Storage[] = []
  const kept = async (making: Promise<Storage>): Promise<Storage> => {
    const storage = await making
    made.push(storage)
    return storage
  }
  const createAnew = async (former: Storage): Promise<Storage> => {
    await former.close()
    return create({ caseId: one.id })
  }
  const reopen = (former: Storage): Promise<Storage> => kept((options.reopen ?? createAnew)(former))
  try {
    const storage = await kept(create({ caseId: one.id }))
    await one.run({ storage, expect: runner.expect, reopen, transaction })
  } finally {
    for (const storage of made) await dispose?.(storage)
  }
}

/**
 * Registers one test for each promise of the storage port. A case's id is its title and stays the same from version to version.
 * @throws when `skip` names a case that does not exist or gives no reason.
 */
export const storageConformance = (options: StorageConformanceOptions): void => {
  const { runner, skip = [] } = options
  registerCases({ title: 'storage', runner, cases: storageCases, skip, runOn: (one) => runCase(one, options) })
}
