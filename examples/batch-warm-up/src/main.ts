import { once } from 'node:events'
import { resolve } from 'node:path'
import { type DemoResult, runDemo } from './demo.js'
import { type ServedConsole, serveConsole } from './serve-console.js'

const interactive = process.stdout.isTTY && !process.argv.includes('--ci')
const withConsole = !process.argv.includes('--ci') && !process.argv.includes('--no-console')
const dir = resolve(process.argv.find((argument) => argument.startsWith('--dir='))?.slice(6) ?? './demo-data')
const began = Date.now()
let bar = ''
let served: ServedConsole | null = null

const say = (line: string) => {
  if (bar && interactive) process.stdout.write(`\r${' '.repeat(bar.length)}\r`)
  bar = ''
  console.log(line)
}

const result = await runDemo(dir, {
  say,
  progress(task, clock) {
    const width = 30
    const full = Math.round(task.progress * width)
    const rate = Math.round((task.sent / (Date.now() - began)) * 1_000)
    const line = `[${'#'.repeat(full)}${'.'.repeat(width - full)}] ${(task.progress * 100).toFixed(1)} % ${task.state} sent ${task.sent} cached ${task.cached} ${rate}/s ${clock.slice(0, 16)}`
    if (!interactive) return
    process.stdout.write(`\r${line.padEnd(bar.length)}`)
    bar = line
  },
  async enter(mail) {
    if (!withConsole) return
    served = await serveConsole(mail)
    say(`console   ${served.url}`)
  },
  async leave(done) {
    print(done)
    if (served && interactive) {
      console.log(`\nLook around: ${served.url} is open until you press Ctrl+C.`)
      await once(process, 'SIGINT')
    }
    served?.close()
  },
})

process.exitCode = result.differences.length > 0 ? 1 : 0

function print({ task, days, recount, differences, single, dir: where }: DemoResult): void {
  say('')
  const row = (...cells: readonly (string | number)[]) =>
    console.log(
      cells.map((cell, index) => (index === 0 ? String(cell).padEnd(12) : String(cell).padStart(13))).join(''),
    )
  row('day', 'handed over', 'delivered', 'bounced', 'blocked', 'stored there')
  for (const day of days)
    row(day.day, day.handedOver, day.delivered, day.bounced, day.blocked, recount.days.get(day.day)?.stored ?? 0)
  row('all', task.sent, task.delivered, task.bounced, task.blocked, recount.stored)
  console.log(
    `\n${task.state}: ${task.requests} requested; regular ${single.regular}, trigger ${single.trigger}; received twice: ${recount.doubled}`,
  )
  console.log(`Some of the mails as they arrived: ${where}/receiver/eml/*.eml`)
  for (const difference of differences) console.error(`DIFFERENCE  ${difference}`)
}
