import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { pglite } from '@mailwright/adapters/storage/postgres'
import { smtp } from '@mailwright/adapters/transport/smtp'
import { createMailService, type MailService, type TaskView } from '@mailwright/core'
import { type Recount, startReceiver } from './receiver.js'
import { BLOCKED, csv } from './recipients.js'

const DOMAIN = 'mail.shop.example'
const SENDER = `hello@${DOMAIN}`
/** Retries fall due at instants of their own; a quarter of an hour of them is handled together. */
const STEP_MS = 15 * 60_000
const START = Date.UTC(2026, 10, 23, 9)

/** One simulated day, as the service counts it. */
export interface DayFigures {
  readonly day: string
  readonly handedOver: number
  readonly delivered: number
  readonly bounced: number
  readonly blocked: number
}

export interface DemoResult {
  readonly task: TaskView
  readonly days: readonly DayFigures[]
  readonly pauses: readonly { readonly day: string; readonly cached: number }[]
  readonly recount: Recount
  readonly differences: readonly string[]
  readonly single: { readonly regular: number; readonly trigger: number }
  readonly dir: string
}

/** What the demo shows while it runs. */
export interface Show {
  say(line: string): void
  progress(task: TaskView, clock: string): void
  /** The service is there, and may be looked at until `leave` has answered. */
  enter?(mail: MailService): Promise<void>
  leave?(result: DemoResult): Promise<void>
}

const HTML = `<!doctype html><html lang="en"><body style="font-family:sans-serif">
<h1>Hello {{name}}</h1><p>Greetings to {{city}}. Your code is <b>{{code}}</b>.</p>
<p><a href="https://shop.example/redeem?code={{code}}">Redeem it</a></p>
<p><a href="{{unsubscribe_url}}">Unsubscribe</a></p></body></html>`

/** Runs the main job, or goes on where an interrupted run left off. */
export async function runDemo(dir: string, show: Show): Promise<DemoResult> {
  mkdirSync(dir, { recursive: true })
  const clockFile = join(dir, 'clock')
  const clock = steppedClock(savedClock(clockFile))
  const today = () => new Date(clock.now()).toISOString().slice(0, 10)
  const stepTo = (at: number) => {
    clock.stepTo(at)
    writeFileSync(clockFile, String(at))
  }
  const receiver = await startReceiver(join(dir, 'receiver'), today)
  const zone = fixedDns({})
  const mail = await createMailService({
    storage: pglite(join(dir, 'store')),
    transport: smtp({ url: `smtp://127.0.0.1:${receiver.port}`, connections: 10 }),
    secret: 'a demo secret, not for production',
    publicUrl: 'https://app.shop.example/mail',
    dns: { spf: ['ip4:127.0.0.1'] },
    clock,
    resolver: zone,
  })
  try {
    await show.enter?.(mail)
    await setUp(mail, zone, show)
    const id = await theTask(mail, show)
    const pauses = await sendAll(mail, id, { show, clock, stepTo, today })
    const single = await singleMails(mail, show)
    await settleRest(mail, clock, stepTo)
    const task = await mail.tasks.get(id)
    const days = await figures(mail, id)
    const recount = receiver.recount()
    const result = { task, days, pauses, recount, single, dir, differences: compare(days, task, recount) }
    await show.leave?.(result)
    return result
  } finally {
    await mail.stop()
    await receiver.close()
  }
}

function savedClock(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8')) || START
  } catch {
    return START
  }
}

type Zone = ReturnType<typeof fixedDns>

/** Domain, sender, template, group, blocklist: each only if an earlier run has not made it. */
async function setUp(mail: MailService, zone: Zone, show: Show): Promise<void> {
  const known = (await mail.domains.list()).items.find(({ name }) => name === DOMAIN)
  const domain = known ?? (await mail.domains.create({ name: DOMAIN }))
  if (domain.state !== 'verified') {
    show.say(`domain    ${DOMAIN}: publishing ${domain.rows.length} DNS records`)
    for (const row of domain.rows)
      zone.set(
        row.name,
        row.type === 'MX' ? { mx: [{ preference: 10, exchange: row.expected }] } : { txt: [row.expected] },
      )
    const verified = await mail.domains.verify(DOMAIN)
    show.say(`domain    ${verified.state}: ${verified.rows.map((row) => `${row.purpose} ${row.status}`).join(', ')}`)
  }
  await mail.ensure({
    senders: [{ address: SENDER, name: 'Shop' }],
    templates: [
      { name: 'voucher', subject: 'A voucher for {{name}}', html: HTML },
      { name: 'notice', subject: 'Opening hours', text: 'We open at {{time}} tomorrow.' },
    ],
  })
  const groups = await mail.groups.list()
  const group =
    groups.items.find(({ name }) => name === 'readers') ??
    (await mail.groups.create({ name: 'readers', description: 'everybody' }))
  if (group.state !== 'ready') {
    const report = await mail.groups.importCsv('readers', csv())
    show.say(`group     ${report.valid} of ${report.total} rows imported`)
    await mail.blocklist.custom.add({ addresses: BLOCKED, reason: 'asked by telephone' })
  }
}

async function theTask(mail: MailService, show: Show): Promise<string> {
  const known = (await mail.tasks.list()).items[0]
  if (known) {
    show.say(`task      going on with ${known.id}: ${known.state}, ${known.sent} of ${known.requests} handed over`)
    return known.id
  }
  const what = { from: SENDER, template: 'voucher', group: 'readers' }
  const plan = await mail.tasks.plan(what)
  show.say(
    `plan      ${plan.sendable} of ${plan.recipients} can be sent; refused: ${plan.refused.map(({ code, count }) => `${count} ${code}`).join(', ') || 'nobody'}`,
  )
  show.say(`plan      ${plan.days.map(({ day, count }) => `${day}: ${count}`).join(', ')}`)
  return (await mail.tasks.create({ type: 'immediate', ...what, idempotencyKey: 'demo' })).id
}

interface Stage {
  readonly show: Show
  readonly clock: { now(): number }
  readonly stepTo: (at: number) => void
  readonly today: () => string
}

/** Sends until the task is done, stepping the clock whenever nothing is due. */
async function sendAll(
  mail: MailService,
  id: string,
  { show, clock, stepTo, today }: Stage,
): Promise<DemoResult['pauses'][number][]> {
  const pauses: { day: string; cached: number }[] = []
  const draw = async () => show.progress(await mail.tasks.get(id), new Date(clock.now()).toISOString())
  for (;;) {
    const drawing = setInterval(() => void draw().catch(() => undefined), 500)
    const { nextDueAt } = await mail.tick({ maxMs: 60_000 }).finally(() => clearInterval(drawing))
    await draw()
    const task = await mail.tasks.get(id)
    if (task.state === 'done' || task.state === 'failed') return pauses
    if (task.state === 'paused' && pauses.at(-1)?.day !== today()) {
      pauses.push({ day: today(), cached: task.cached })
      show.say(
        `paused    ${today()}: the day's limit is reached, ${task.cached} cached until ${new Date(task.pause?.until ?? 0).toISOString()}`,
      )
    }
    if (nextDueAt === null) throw new Error(`nothing is due, but the task is ${task.state}`)
    if (nextDueAt > clock.now()) stepTo(Math.max(nextDueAt, clock.now() + STEP_MS))
  }
}

/** One regular mail to three people who see each other, one trigger mail to one. */
async function singleMails(mail: MailService, show: Show): Promise<DemoResult['single']> {
  const regular = await mail.sendRegular({
    from: SENDER,
    to: ['ann@office.example', 'bob@office.example', 'cem@office.example'],
    template: 'notice',
    variables: { time: '9:30' },
    idempotencyKey: 'demo-regular',
  })
  const trigger = await mail.send({
    from: `Shop <${SENDER}>`,
    to: 'dora@office.example',
    subject: 'Your receipt',
    html: '<p>Thank you. The receipt is attached.</p>',
    attachments: [{ name: 'receipt.txt', content: 'Total: 12.00', contentType: 'text/plain' }],
    idempotencyKey: 'demo-trigger',
  })
  await mail.tick()
  const accepted = (answer: typeof trigger) => answer.messages.filter(({ state }) => state === 'accepted').length
  show.say(`single    regular to ${accepted(regular)}, trigger to ${accepted(trigger)}`)
  return { regular: accepted(regular), trigger: accepted(trigger) }
}

/** Full mailboxes are tried for three days and then given up. */
async function settleRest(mail: MailService, clock: { now(): number }, stepTo: (at: number) => void): Promise<void> {
  for (;;) {
    const { nextDueAt } = await mail.tick({ maxMs: 60_000 })
    if (nextDueAt === null) return
    if (nextDueAt > clock.now()) stepTo(Math.max(nextDueAt, clock.now() + STEP_MS))
  }
}

async function figures(mail: MailService, task: string): Promise<readonly DayFigures[]> {
  const rows = await mail.statistics.sending({ from: START - 86_400_000, to: START + 40 * 86_400_000, tasks: [task] })
  return rows.items.map(({ period = '', counts }) => ({
    day: period,
    handedOver: counts.handedOver,
    delivered: counts.delivered,
    bounced: counts.bouncedHard + counts.bouncedSoft,
    blocked: counts.dropped,
  }))
}

/** The service's books against the receiver's own. */
function compare(days: readonly DayFigures[], task: TaskView, recount: Recount): readonly string[] {
  const differences: string[] = []
  for (const { day, handedOver, delivered } of days) {
    const theirs = recount.days.get(day) ?? { asked: 0, stored: 0 }
    if (theirs.asked !== handedOver)
      differences.push(`${day}: ${handedOver} handed over, the receiver was asked for ${theirs.asked}`)
    if (theirs.stored !== delivered)
      differences.push(`${day}: ${delivered} delivered, the receiver stored ${theirs.stored}`)
  }
  const final = task.delivered + task.bounced + task.blocked + task.failed + task.expired + task.cancelled
  if (final !== task.requests) differences.push(`${task.requests} requested, ${final} in a final state`)
  if (recount.stored !== task.delivered)
    differences.push(`${task.delivered} delivered, the receiver stored ${recount.stored}`)
  return differences
}
