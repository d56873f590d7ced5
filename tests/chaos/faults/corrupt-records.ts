import type { Corruption } from './corrupt-kinds.js'
import { aCorruptWorld, aSend, aTaskOf, type CorruptWorld, type Database } from './corrupt-world.js'

const HOUR = 3_600_000

/** What became of one damaged row, to be judged by the caller. */
export interface CorruptionSeen {
  readonly about: string
  /** Mail of the other account that did not arrive within an hour; none may be missing. */
  readonly missedElsewhere: readonly string[]
  readonly named: boolean
  readonly reachedBefore: readonly string[]
  readonly reachedAfter: readonly string[]
  readonly told: number
  readonly stillParked: number
}

/** F18: damages a row of each kind in turn, `rounds` times over, in one process that is never restarted. */
export async function corruptRecords(
  database: Database,
  rounds: number,
  kinds: readonly Corruption[],
): Promise<readonly CorruptionSeen[]> {
  const world = await aCorruptWorld(database)
  await world.account(0)
  const seen: CorruptionSeen[] = []
  let number = 0
  for (let round = 0; round < rounds; round++)
    for (const one of kinds) {
      number += 1
      seen.push(await corrupt(world, one, number))
    }
  await world.mail.stop({ drainMs: 0 })
  return seen
}

async function corrupt(world: CorruptWorld, one: Corruption, number: number): Promise<CorruptionSeen> {
  const { mail, database, log } = world
  const id = `k${number}`
  const account = await world.account(number)
  await one.prepare(world, account, id)
  const logged = log.length
  const mend = await damage(database, one, id)

  // Of another account, claimed together with what is damaged.
  const sound = mail.account('k0')
  const before = world.reached.length
  await sound.send(aSend('k0', `single${number}`))
  await sound.tasks.create(aTaskOf('k0'))
  await world.live(HOUR)
  const arrived = world.reached.slice(before)
  const missedElsewhere = [`single${number}`, 'r1', 'r2', 'r3'].filter((who) => !arrived.includes(`${who}@k0.example`))
  const said = [...log.slice(logged), JSON.stringify(await mail.doctor()), await failuresOf(world, id)].join('\n')
  const reachedBefore = ofAccount(world, id)

  await mend()
  await mail.parked.release()
  await world.live(2 * HOUR)
  return {
    about: one.about,
    missedElsewhere,
    named: said.includes(id),
    reachedBefore,
    reachedAfter: ofAccount(world, id),
    told: world.told.filter((url) => url.includes(`hooks.${id}.`)).length,
    stillParked: (await mail.parked.list()).length,
  }
}

const ofAccount = ({ reached }: CorruptWorld, id: string): readonly string[] =>
  reached
    .filter((who) => who.endsWith(`@${id}.example`))
    .map((who) => who.slice(0, who.indexOf('@')))
    .sort()

/** A mail that fails by name is visible where mails are listed. */
async function failuresOf({ mail }: CorruptWorld, id: string): Promise<string> {
  const { items } = await mail.account(id).deliveries.messages()
  return items
    .filter(({ state }) => state === 'failed')
    .map(({ recipient }) => `${id} failed ${recipient}`)
    .join('\n')
}

/** Answers how the row is put right again. */
async function damage({ query }: Database, { table, where, column, bad }: Corruption, id: string) {
  const [row] = await query(`select * from $schema.${table} where ${where}`, [id])
  if (!row) throw new Error(`there is no such row of ${id}: ${table}, ${where}`)
  if (bad === null) {
    await query(`delete from $schema.${table} where ${where}`, [id])
    const columns = Object.keys(row)
    const values = columns.map((name) => row[name] as string | number | null)
    return () =>
      query(
        `insert into $schema.${table} (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
        values,
      )
  }
  const text = String(row[column])
  const set = (value: string) => query(`update $schema.${table} set ${column} = $2 where ${where}`, [id, value])
  await set(bad(text))
  return () => set(text)
}
