import type { Account, Storage } from '@mailwright/core'
import { expect } from 'vitest'
import { seededRandom } from '../chaos/seeded-random.js'
import { aService, DOMAIN } from './a-service.js'
import { type Asked, type Mail, mailsOf, type ScanRow, scanned } from './statistics-scan.js'
import { NEWS, type World } from './statistics-world.js'

const QUARTER = 900_000
const zones = [
  'UTC',
  'Africa/Cairo',
  'America/Havana',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'Pacific/Chatham',
]

function aQuestion(random: () => number, world: World, withTags: boolean): Asked {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const some = <T>(items: readonly T[]): [T] => [pick(items)]
  const from = world.startedAt + Math.floor(random() * 500 - 100) * QUARTER
  const to = Math.max(from + QUARTER, from + Math.floor(random() * 1_000) * QUARTER)
  const dimensions = ['domain', 'recipientDomain', 'template', 'task', ...(withTags ? ['tag:team'] : [])] as const
  const by = [...dimensions.filter(() => random() < 0.3), ...pick([['day'], ['hour'], []] as const)] as Asked['by']
  const templates = [...new Set(world.settled.flatMap(({ insert }) => insert?.template ?? []))]
  const tasks = [...new Set(world.settled.flatMap(({ insert }) => insert?.task ?? []))]
  return {
    from,
    to,
    by: by as never,
    timeZone: pick(zones),
    limit: 10_000,
    users: true,
    ...(random() < 0.2 ? { domains: some([DOMAIN, NEWS]) } : {}),
    ...(random() < 0.2 ? { recipientDomains: some(['a.example', 'b.example']) } : {}),
    ...(random() < 0.2 ? { templates: some(templates) } : {}),
    ...(random() < 0.2 ? { tasks: some(tasks) } : {}),
    ...(withTags && random() < 0.2 ? { tag: { key: 'team', value: pick(['crm', 'growth']) } } : {}),
  }
}

/** Both views as one list of groups; the hour with its offset and without its minutes, as the scan names it. */
async function answered(
  { statistics }: Pick<Account, 'statistics'>,
  { users, ...asked }: Asked,
): Promise<readonly ScanRow[]> {
  const sending = await statistics.sending(asked)
  const tracking = await statistics.tracking({ ...asked, users: users ?? false })
  return sending.items.map(({ counts, rates: _, period, startsAt: __, ...group }, index) => {
    const { unsubscribes, ...more } = tracking.items[index]?.counts ?? { unsubscribes: 0 }
    const step = asked.by.includes('hour')
      ? { hour: period?.replace(/:\d\d:\d\d(?=[+\-Z])/, '').replace('Z', '+00:00') ?? '' }
      : { day: period ?? '' }
    return {
      group: period === undefined ? group : { ...group, ...step },
      counts: { ...counts, ...(more as Record<string, number>), unsubscribes },
    }
  })
}

const sorted = (rows: readonly ScanRow[]) =>
  rows
    .map(({ group, counts }) => [
      JSON.stringify(Object.entries(group).sort()),
      Object.fromEntries(Object.entries(counts).sort()),
    ])
    .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))

const withoutUsers = ({ group, counts }: ScanRow): ScanRow => ({
  group,
  counts: { ...counts, openUsers: null, clickUsers: null },
})

interface Compared {
  readonly withTags?: boolean
  /** Events are no longer kept, so nobody asks for people. */
  readonly users?: boolean
  /** What there is to be counted; all of the storage's rows if left out. */
  readonly mails?: readonly Mail[]
  /** So many rows or more come of all questions: a comparison of nothing proves nothing. */
  readonly rowsMin?: number
}

/** Twenty random questions, each answered and scanned. */
export async function compare(
  storage: Storage,
  world: World,
  seed: number,
  { withTags = false, users = true, mails: given, rowsMin = 20 }: Compared = {},
): Promise<void> {
  const reader = storage === world.storage ? world.service : await aService({ storage })
  reader.clock.stepTo(Math.max(reader.clock.now(), world.service.clock.now()))
  const mails = given ?? (await mailsOf(storage, world))
  const random = seededRandom(seed)
  let rows = 0
  for (let n = 0; n < 20; n += 1) {
    const asked = { ...aQuestion(random, world, withTags), users }
    const answer = await answered(reader.mail, asked)
    rows += answer.length
    const scan = scanned(mails, asked, world.tags)
    expect(sorted(answer), `seed ${seed}, question ${n}: ${JSON.stringify(asked)}`).toEqual(
      sorted(users ? scan : scan.map(withoutUsers)),
    )
  }
  expect(rows, `seed ${seed}`).toBeGreaterThanOrEqual(rowsMin)
}
