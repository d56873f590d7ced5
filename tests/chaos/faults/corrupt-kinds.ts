import type { Account } from '@mailwright/core'
import { aSend, aTaskOf, type CorruptWorld, domainOf } from './corrupt-world.js'

/** One row that is damaged, in which way, and what it must not stop. */
export interface Corruption {
  readonly about: string
  /** Puts the account `id` into the state in which the row is there and somebody needs it. */
  prepare(world: CorruptWorld, account: Account, id: string): Promise<unknown>
  readonly table: 'record' | 'work' | 'recipient'
  /** Which row; `$1` is the account. */
  readonly where: string
  readonly column: string
  /** What stands there afterwards; a function of what stood there, or null: the row is gone. */
  readonly bad: ((text: string) => string) | null
  /** Of the account's own mail, who is reached all the same. */
  readonly reached?: readonly string[]
  /** Who is reached once the row is mended and released. */
  readonly afterwards: readonly string[]
  /** So many callbacks are told once it is mended. */
  readonly tells?: number
}

const cut = (text: string) => text.slice(0, text.length / 2)
const shapeless = () => '{"to":7}'
/** One letter of what is sealed is another one. */
const tampered = (text: string) =>
  text.replace(
    /("sealed":"[^"]*)(.)(.{20})"/,
    (_, head: string, letter: string, tail: string) => `${head}${letter === 'A' ? 'B' : 'A'}${tail}"`,
  )

const record = (kind: string) =>
  ({ table: 'record', where: `kind = '${kind}' and account = $1`, column: 'data' }) as const
const work = (kind: string) => ({ table: 'work', where: `kind = '${kind}' and account = $1`, column: 'ref' }) as const

const group = ['r1', 'r2', 'r3']

const send = (_: CorruptWorld, account: Account, id: string) => account.send(aSend(id, 'ann'))
/** Its chunk is there, and none of its rows has gone. */
const openRun = async (world: CorruptWorld, account: Account, id: string) => {
  world.relayAway = true
  await account.tasks.create(aTaskOf(id))
  await world.live(1_000)
  world.relayAway = false
}
const scheduled = ({ clock }: CorruptWorld, account: Account, id: string) =>
  account.tasks.create({ ...aTaskOf(id), type: 'scheduled', at: clock.now() + 600_000, timeZone: 'UTC' })
const hooked = async (_: CorruptWorld, account: Account, id: string) => {
  await account.callbacks.setAccount({ url: `https://hooks.${domainOf(id)}:8080/` })
}
const hookedSend = async (world: CorruptWorld, account: Account, id: string) => {
  await hooked(world, account, id)
  await send(world, account, id)
}

/** Its tracking is switched on after it was accepted, so that it is composed anew. */
const recomposed = async (world: CorruptWorld, account: Account, id: string) => {
  await send(world, account, id)
  await account.statistics.settings.setAccount({ opens: true, clicks: true })
}

const mail = { prepare: send, afterwards: ['ann'] }
const batch = { prepare: openRun, afterwards: group }

/** Twenty kinds and more, each on a row of an account of its own. */
export const corruptions: readonly Corruption[] = [
  { about: 'a request cut off', ...mail, ...record('request'), bad: cut },
  { about: 'a request of another shape', ...mail, ...record('request'), bad: shapeless },
  { about: 'a request that is a list', ...mail, ...record('request'), bad: () => '[]' },
  { about: 'a request that is empty text', ...mail, ...record('request'), bad: () => '' },
  { about: 'a template version cut off', ...batch, prepare: scheduled, ...record('template-version'), bad: cut },
  {
    about: 'a template version that is gone',
    prepare: recomposed,
    afterwards: ['ann'],
    ...record('template-version'),
    bad: null,
  },
  {
    about: 'a template version in an unknown state',
    ...batch,
    prepare: scheduled,
    ...record('template-version'),
    column: 'state',
    bad: () => 'x',
  },
  { about: 'work of a mail cut off', ...mail, ...work('send'), bad: cut },
  { about: 'work of a mail of another shape', ...mail, ...work('send'), bad: shapeless },
  {
    about: 'tracking settings cut off',
    prepare: recomposed,
    ...record('tracking-settings'),
    bad: cut,
    afterwards: ['ann'],
  },
  { about: 'a DKIM key that does not open', ...mail, ...record('domain'), bad: tampered },
  { about: 'a run cut off', ...batch, ...record('run'), bad: cut },
  { about: 'a run of another shape', ...batch, ...record('run'), bad: shapeless },
  { about: 'a run in an unknown state', ...batch, ...record('run'), column: 'state', bad: () => 'x' },
  { about: 'work of a chunk cut off', ...batch, ...work('chunk'), bad: cut },
  { about: 'work of a chunk of another shape', ...batch, ...work('chunk'), bad: shapeless },
  { about: 'a task cut off', ...batch, prepare: scheduled, ...record('task'), bad: cut },
  {
    about: 'a task in an unknown state',
    ...batch,
    prepare: scheduled,
    ...record('task'),
    column: 'state',
    bad: () => 'x',
  },
  { about: 'a group cut off', ...batch, prepare: scheduled, ...record('group'), bad: cut },
  { about: 'a domain cut off', ...batch, prepare: scheduled, ...record('domain'), bad: cut },
  {
    about: 'values of one recipient cut off',
    prepare: scheduled,
    table: 'recipient',
    where: `mailbox like 'r2@' || $1 || '.%'`,
    column: 'field_values',
    bad: cut,
    reached: ['r1', 'r3'],
    afterwards: ['r1', 'r3'],
  },
  {
    about: 'a callback secret that does not open',
    prepare: hookedSend,
    ...record('callback'),
    bad: tampered,
    reached: ['ann'],
    afterwards: ['ann'],
    tells: 1,
  },
  {
    about: 'a callback cut off',
    prepare: hookedSend,
    ...record('callback'),
    bad: cut,
    reached: ['ann'],
    afterwards: ['ann'],
    tells: 0,
  },
  {
    about: 'work of a callback of another shape',
    prepare: async (world, account, id) => {
      world.receiverAway = true
      await hookedSend(world, account, id)
      await world.live(1_000)
      world.receiverAway = false
    },
    ...work('callback'),
    bad: () => '{"parts":[null]}',
    reached: ['ann'],
    afterwards: ['ann'],
    tells: 1,
  },
]
