import { isMailError } from '@mailwright/core'
import PostalMime from 'postal-mime'
import {
  CHUNK_ROWS,
  DAY,
  HOUR,
  judge,
  PUBLIC_URL,
  SENDER,
  type Stage,
  settle,
  statisticsOf,
  taskTally,
} from './stage.js'

/** Something a host does, in steps. A step that a crash has cut off is done again from its beginning by the next process. */
export interface Flow {
  readonly name: string
  /** What was there before; never crashes. */
  prepare(stage: Stage): Promise<void>
  readonly steps: readonly ((stage: Stage) => Promise<void>)[]
  /** Everything that is wrong in the end. Asked of a process that has not crashed, when all is settled. */
  problems(stage: Stage, kills: number): Promise<readonly string[]>
}

const nothing = async (): Promise<void> => undefined
const settleDay = (stage: Stage): Promise<void> => settle(stage, stage.world.clock.now() + 12 * HOUR)
const at = (name: string, { tag }: Stage): string => `${name}@${tag}.example`

const answered = (stage: Stage, { messages }: { messages: readonly { to: string; state: string }[] }): void => {
  for (const { to, state } of messages) if (state === 'accepted') stage.promised.add(to)
}

const ledger = async (stage: Stage, kills: number) =>
  (await judge(stage, kills, [await statisticsOf(stage, 1)])).problems

export const triggerSend: Flow = {
  name: 'a trigger send',
  prepare: nothing,
  steps: [
    async (stage) => {
      const variables = { name: 'Ann' }
      const to = [at('ann', stage), at('bad', stage)]
      const cc = [at('later', stage), at('cut', stage)]
      const message = { from: SENDER, to, cc, template: 'welcome', variables, idempotencyKey: stage.tag }
      answered(stage, await stage.mail.send(message))
    },
    settleDay,
  ],
  problems: async (stage, kills) => [
    ...(await ledger(stage, kills)),
    ...wrong('promised', stage.promised.size, 4),
    ...(stage.world.receiver.copies.length < 3 ? ['not everybody got it'] : []),
  ],
}

export const regularSend: Flow = {
  name: 'a regular send',
  prepare: nothing,
  steps: [
    async (stage) => {
      const to = ['ann', 'bob', 'bad'].map((name) => at(name, stage))
      const message = { from: SENDER, to, template: 'welcome', variables: { name: 'all' }, idempotencyKey: stage.tag }
      answered(stage, await stage.mail.sendRegular(message))
    },
    settleDay,
  ],
  problems: async (stage, kills) => [
    ...(await ledger(stage, kills)),
    ...wrong('promised', stage.promised.size, 3),
    ...wrong('arrived', new Set(stage.world.receiver.copies.map(({ recipient }) => recipient)).size, 2),
  ],
}

const ROWS = 3 * CHUNK_ROWS
const batchNames = Array.from({ length: ROWS }, (_, index) => {
  const kind = index === 7 || index === 41 ? 'bad' : index === 13 ? 'later' : index === 29 ? 'cut' : 'reader'
  return `${kind}${index}`
})
const csvOf = (stage: Stage, names: readonly string[]): string =>
  `email,name\n${names.map((name) => `${at(name, stage)},Reader ${name}`).join('\n')}\n`

const importGroup = async (stage: Stage, names: readonly string[]): Promise<void> => {
  await stage.mail.groups.create({ name: stage.tag })
  await stage.mail.groups.importCsv(stage.tag, csvOf(stage, names))
}

const createTask = async (stage: Stage, template = 'welcome'): Promise<string> => {
  const task = { type: 'immediate' as const, from: SENDER, template, group: stage.tag, idempotencyKey: stage.tag }
  return (await stage.mail.tasks.create(task)).id
}

const taskOf = async (stage: Stage) => {
  const { items } = await stage.mail.tasks.list({ limit: 1 })
  const [task] = items
  if (task === undefined) throw new Error('no task')
  return task
}

const promiseBatch = async (stage: Stage): Promise<void> => {
  await createTask(stage)
  for (const name of batchNames) stage.promised.add(at(name, stage))
}

const batchProblems = (days: number, blocked: number, dailyLimit?: number) => async (stage: Stage, kills: number) => {
  const task = await taskOf(stage)
  const tallies = [await statisticsOf(stage, days), await taskTally(stage, task.id)]
  const { problems } = await judge(stage, kills, tallies, dailyLimit)
  return [
    ...problems,
    ...wrong('state', task.state, 'done'),
    ...wrong('progress', task.progress, 1),
    ...wrong('requests', task.requests, ROWS),
    ...wrong('cached', task.cached, 0),
    ...wrong('bounced', task.bounced, 2),
    ...wrong('blocked', task.blocked, blocked),
    ...wrong('delivered', task.delivered, ROWS - 2 - blocked),
  ]
}

export const batch: Flow = {
  name: `a batch of ${ROWS} in chunks of ${CHUNK_ROWS}`,
  prepare: (stage) => importGroup(stage, batchNames),
  steps: [promiseBatch, settleDay],
  problems: batchProblems(1, 0),
}

/** Among the first rows, so that their unused grants go back and others take them on the same day (TSK-6). */
const blockedNames = ['reader2', 'reader3', 'reader22']

/** Level 1 allows 500 a day; so much of it is used up already that the batch needs two days. */
const FIRST_DAY = 33

export const cappedBatch: Flow = {
  name: `a batch of ${ROWS}, ${blockedNames.length} blocked, over a day that allows ${FIRST_DAY}`,
  async prepare(stage) {
    await importGroup(stage, batchNames)
    const addresses = blockedNames.map((name) => at(name, stage))
    await stage.mail.blocklist.custom.add({ addresses, reason: 'asked' })
    const day = { scope: stage.world.domain, day: stage.day.name, count: 500 - FIRST_DAY, ceiling: 500 }
    const [result] = await stage.world.storage.apply([{ guards: [], changes: [{ type: 'quota.take', ...day }] }])
    if (result?.applied !== true) throw new Error('the day is used already')
  },
  steps: [promiseBatch, settleDay, (stage) => settle(stage, stage.world.clock.now() + DAY)],
  problems: batchProblems(2, blockedNames.length, FIRST_DAY),
}

const STARTS = 3
const regulars = ['ann', 'bob', 'cid']

/** The one flow in which an address gets several mails: one a run, each with a Message-ID of its own. */
export const recurringTask: Flow = {
  name: `a task that recurs ${STARTS} times`,
  prepare: (stage) => importGroup(stage, regulars),
  steps: [
    async (stage) => {
      const startAt = stage.day.from + 10 * HOUR
      await stage.mail.tasks.create({
        type: 'recurring',
        startAt,
        every: { n: 1, unit: 'hours' },
        until: startAt + (STARTS - 1) * HOUR,
        timeZone: 'Europe/Berlin',
        from: SENDER,
        template: 'welcome',
        group: stage.tag,
        idempotencyKey: stage.tag,
      })
    },
    (stage) => settle(stage, stage.day.from + 11 * HOUR),
    settleDay,
  ],
  async problems(stage, kills) {
    const { mail, world, day } = stage
    const task = await taskOf(stage)
    const { items } = await mail.tasks.runs(task.id)
    const startAt = day.from + 10 * HOUR
    const wanted = Array.from({ length: STARTS }, (_, index) => `done ${startAt + index * HOUR}`).reverse()
    const { copies } = world.receiver
    const ids = new Set(copies.map(({ messageId }) => messageId))
    const { counts } = await statisticsOf(stage, 1)
    return [
      ...wrong('state', task.state, 'done'),
      ...wrong('runs', items.map(({ state, at }) => `${state} ${at}`).join(), wanted.join()),
      ...wrong('delivered', counts.delivered, STARTS * regulars.length),
      ...wrong('mails', ids.size, STARTS * regulars.length),
      ...(copies.length > ids.size + kills * regulars.length ? ['more doubled than one run'] : []),
    ]
  },
}

export const importFile: Flow = {
  name: `an import of ${ROWS} rows`,
  prepare: (stage) => importGroup(stage, []).catch(ifCode('CSV_EMPTY')),
  steps: [
    async (stage) => {
      const { mail, world, tag } = stage
      const before = await recipientsOf(stage)
      if (before !== 0 && before !== ROWS) throw new Error(`half a group: ${before} rows`)
      // What a crash has left half done is in the way for ten minutes.
      const csv = `${csvOf(stage, batchNames)}${at('reader0', stage)},Again\nnobody,Nobody\n`
      await mail.groups.importCsv(tag, csv).catch(async (error: unknown) => {
        if (!isMailError(error, 'GROUP_NOT_READY')) throw error
        await world.clock.stepBy(10 * 60_000 + 1)
        await mail.groups.importCsv(tag, csv)
      })
    },
  ],
  async problems(stage) {
    const { state, rows } = await stage.mail.groups.get(stage.tag)
    return [
      ...wrong('state', state, 'ready'),
      ...wrong('rows', rows, ROWS),
      ...wrong('read', await recipientsOf(stage), ROWS),
    ]
  },
}

async function recipientsOf({ mail, tag }: Stage): Promise<number> {
  return (await mail.groups.recipients(tag, { limit: 100 })).items.length
}

export const unsubscribe: Flow = {
  name: 'an unsubscribe',
  async prepare(stage) {
    await importGroup(stage, ['stays', 'leaves'])
    await createTask(stage, 'leave')
    for (const name of ['stays', 'leaves']) stage.promised.add(at(name, stage))
    await settleDay(stage)
  },
  steps: [
    async (stage) => {
      const { mail, world } = stage
      const token = await tokenFor(at('leaves', stage), world.receiver.contents)
      if (!(await mail.unsubscribes.confirm(token))) throw new Error('not a token of ours')
    },
    async (stage) => {
      const message = { from: SENDER, template: 'welcome', variables: { name: 'Ann' } }
      const accepted = await stage.mail.send({ ...message, to: at('leaves', stage) }).catch((error: unknown) => {
        if (!isMailError(error) || error.kind !== 'refused') throw error
      })
      if (accepted) throw new Error('who has left is written to')
    },
  ],
  async problems(stage, kills) {
    const { total } = await stage.mail.statistics.tracking({ from: stage.day.from, to: stage.day.from + DAY })
    const left = total.counts.unsubscribes
    return [...(await ledger(stage, kills)), ...wrong('unsubscribed', left, 1)]
  },
}

async function tokenFor(recipient: string, contents: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const { text = '' } = await PostalMime.parse(contents.get(recipient) ?? '')
  const token = new RegExp(`${PUBLIC_URL}/unsubscribe/([\\w-]+)`).exec(text)?.[1]
  if (token === undefined) throw new Error('no link in the mail')
  return token
}

const ifCode =
  (code: string) =>
  (error: unknown): void => {
    if (!(isMailError(error) && error.code === code)) throw error
  }

const wrong = (what: string, is: unknown, wanted: unknown): readonly string[] =>
  is === wanted ? [] : [`${what}: ${String(is)}, not ${String(wanted)}`]
