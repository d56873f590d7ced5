import { aService, aTask, DAY, SENDER, settle } from '../../e2e/a-service.js'

const HOUR = 3_600_000

export interface SleepSeen {
  /** The state of the batch when it falls asleep, and after two days of waking. */
  readonly before: string
  readonly after: string
  readonly delivered: number
  readonly expired: number
  /** Runs of the hourly task: before, and of the hours it slept through. */
  readonly runsBefore: number
  readonly runsAtWaking: number
}

/** F11: the process does nothing for `hours`, in the middle of a batch that a day's limit has paused; then it goes on as if nothing were. */
export async function sleepFor(hours: number): Promise<SleepSeen> {
  const service = await aService()
  const { mail, clock } = service
  const { id } = await aTask(service, 1_200)
  await settle(service)
  await mail.groups.create({ name: 'hourly' })
  await mail.groups.importCsv('hourly', 'email,name\nh@readers.example,H\n')
  const hourly = await mail.tasks.create({
    type: 'recurring',
    startAt: clock.now() + HOUR,
    every: { n: 1, unit: 'hours' },
    timeZone: 'UTC',
    from: SENDER,
    template: 'welcome',
    group: 'hourly',
  })
  const runs = async () => (await mail.tasks.runs(hourly.id)).items.filter((one) => one.id !== null).length
  const runsBefore = await runs()
  const before = (await mail.tasks.get(id)).state
  await clock.stepBy(hours * HOUR)
  await mail.tick({ maxMs: 60_000 })
  const runsAtWaking = await runs()
  await mail.tasks.cancel(hourly.id)
  await settle(service, clock.now() + 2 * DAY)
  const batch = await mail.tasks.get(id)
  await mail.stop({ drainMs: 0 })
  return { before, after: batch.state, delivered: batch.delivered, expired: batch.expired, runsBefore, runsAtWaking }
}
