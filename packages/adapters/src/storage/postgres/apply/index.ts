import { type Bundle, type BundleResult, MailError } from '@mailwright/core'
import type { SqlClient, SqlSession, SqlTransaction } from '../client.js'
import { codeOf, isKnownRow, isRetryable } from '../errors.js'
import type { Ripeness } from '../ripeness.js'
import { writeBlocks } from './blocks.js'
import { decideBundle, emptyPlan, finalResult, type Plan } from './bundles.js'
import { type CounterTables, counterTables, forgetExpired } from './counters.js'
import { writeHolds } from './holds.js'
import { type Needs, needsOf, type Picture, takePicture } from './picture.js'
import { writeRecipients } from './recipients.js'
import { writeRecords } from './records.js'
import { Overtaken } from './shelf.js'
import { runStages } from './stages.js'
import { writeTallies } from './tallies.js'
import { turnsOf } from './turns.js'
import { bumpEpochs, insertWork, writeWork } from './work.js'

/** Deadlocks and overtakings are rare and end by themselves; so many in one call mean that something else is wrong. */
const attempts = 20

/** One statement behind the other, so that rows stay locked for as few journeys as there are answers on which something depends. */
const writeAll = async (
  session: SqlTransaction,
  s: string,
  tables: CounterTables,
  picture: Picture,
  plan: Plan,
  ripeness: Ripeness,
  careful: boolean,
): Promise<void> => {
  writeRecords(session, s, picture.records)
  writeHolds(session, s, picture.holds)
  tables.once.write(session, picture.once)
  tables.slots.write(session, picture.slots)
  tables.windows.write(session, picture.windows)
  writeWork(session, s, picture.work, ripeness.isRipe)
  const sums = await runStages(session, s, plan.stages, careful)
  insertWork(session, s, picture.work, ripeness.isRipe)
  writeBlocks(session, s, plan.blocks)
  writeTallies(session, s, sums)
  bumpEpochs(session, s, plan.bumps)
  await writeRecipients(session, s, plan.recipients, careful)
  tables.quotas.write(session, picture.quotas)
  await session.looked()
}

/**
 * Locks what decides, decides all bundles in this process, and writes what is left of them: the number of statements
 * depends on the kinds of changes, not on the number of bundles.
 */
const applyOnce = async (
  session: SqlTransaction,
  s: string,
  tables: CounterTables,
  bundles: readonly Bundle[],
  ripeness: Ripeness,
  careful: boolean,
  takeTurns: (session: SqlSession, needs: Needs) => Promise<void>,
): Promise<readonly BundleResult[]> => {
  const needs = needsOf(bundles)
  await takeTurns(session, needs)
  const picture = await takePicture(session, s, tables, needs)
  const plan = emptyPlan()
  const results = bundles.map((bundle) => decideBundle(tables, picture, plan, bundle))
  await writeAll(session, s, tables, picture, plan, ripeness, careful)
  return results.map(finalResult)
}

/** A pool, or a client on which nothing was begun: what it does would be committed statement by statement. */
const asNoTransaction = (error: unknown): never => {
  if (codeOf(error) !== '25P01') throw error
  throw new MailError('INPUT_INVALID', { field: 'tx', expected: 'a client with an open transaction (BEGIN done)' })
}

const inSavepoint = async <Result>(
  session: SqlTransaction,
  work: (session: SqlTransaction) => Promise<Result>,
): Promise<Result> => {
  await session.script('savepoint mailwright').catch(asNoTransaction)
  try {
    const result = await work(session)
    await session.sent()
    await session.script('release savepoint mailwright')
    return result
  } catch (error) {
    await session.script('rollback to savepoint mailwright')
    throw error
  }
}

export type Apply = (bundles: readonly Bundle[], tx: unknown) => Promise<readonly BundleResult[]>

const hour = 3_600_000
/** One call in so many looks for rows whose time is over. */
const forgetEvery = 32

export const applyVerb = (client: SqlClient, s: string, ripeness: Ripeness, keyWaitMs: number | null): Apply => {
  const tables = counterTables(s)
  const takeTurns = turnsOf(s, keyWaitMs)
  let calls = 0

  const forget = async (bundles: readonly Bundle[]): Promise<void> => {
    calls += 1
    if (calls % forgetEvery !== 0) return
    for (const { guards, changes } of bundles) {
      for (const guard of guards) if (guard.type === 'once') return forgetExpired(client, s, 'once', guard.now - hour)
      for (const change of changes)
        if (change.type === 'window.take') return forgetExpired(client, s, 'window_hit', change.at)
        else if (change.type === 'window.book') return forgetExpired(client, s, 'window_hit', change.from - hour)
    }
  }

  return async (bundles, tx) => {
    if (bundles.length === 0) return []
    const outer = tx === undefined ? null : client.within(tx)
    if (tx !== undefined && outer === null)
      throw new MailError('NOT_SUPPORTED', { adapter: 'postgres', capability: 'callerTransaction' })
    // A flush or an import that is repeated after a crash meets its own rows; that is found out by trying.
    let careful = false
    const asker = outer !== null ? 'host' : bundles.length > 1 ? 'together' : 'alone'
    const turns = (session: SqlSession, { once }: Needs) => takeTurns(session, once, asker)
    for (let attempt = 1; ; attempt += 1) {
      try {
        const work = (session: SqlTransaction) => applyOnce(session, s, tables, bundles, ripeness, careful, turns)
        const results = await (outer === null ? client.transaction(work) : inSavepoint(outer, work))
        if (outer === null) await forget(bundles)
        return results
      } catch (error) {
        const known = isKnownRow(error)
        if (attempt >= attempts || !(known || error instanceof Overtaken || isRetryable(error))) throw error
        careful ||= known
      }
    }
  }
}
