import { parseArgs } from 'node:util'
import { findServers } from '../servers/find-servers.js'
import { queueOrders } from './queues.js'
import { scenarios } from './scenarios/index.js'
import type { Report } from './scenarios/scenario.js'
import { runSeed } from './seeded-random.js'

const { values } = parseArgs({
  options: {
    acceptance: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string' },
    queue: { type: 'string', default: 'none' },
    list: { type: 'boolean', default: false },
  },
})

interface Line extends Report {
  readonly id: string
  readonly seconds: number
}

const columns: readonly (readonly [string, (line: Line) => string | number])[] = [
  ['id', (line) => line.id],
  ['faults', (line) => line.faults],
  ['promises', (line) => line.promises],
  ['lost', (line) => line.lost],
  ['unexpected', (line) => line.unexpected],
  ['doubled', (line) => `${line.doubled} of ${line.doubledAllowed}`],
  ['problems', (line) => line.problems.length],
  ['seconds', (line) => line.seconds],
  ['notes', (line) => line.notes.join('; ')],
]

function table(lines: readonly Line[]): string {
  const rows = [columns.map(([name]) => name), ...lines.map((line) => columns.map(([, of]) => String(of(line))))]
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n')
}

const failed = (error: unknown): Report => ({
  faults: 0,
  promises: 0,
  lost: 0,
  unexpected: 0,
  doubled: 0,
  doubledAllowed: 0,
  problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  notes: [],
})

async function runAll(): Promise<readonly Line[]> {
  const wanted = scenarios.filter(({ id }) => values.only.length === 0 || values.only.includes(id))
  if (wanted.length === 0) throw new Error(`No scenario ${values.only.join(', ')}; --list names them.`)
  const orderQueue = queueOrders[values.queue]
  if (orderQueue === undefined) throw new Error(`No queue ${values.queue}: ${Object.keys(queueOrders).join(', ')}.`)
  const servers = await findServers()
  const { postgresUrl, redisUrl, redisProgram } = servers
  if (postgresUrl === null) throw new Error('No Postgres: set DATABASE_URL, or install the PostgreSQL programs.')
  const seed = values.seed === undefined ? runSeed() : Number(values.seed)
  console.log(`seed ${seed}`)
  const lines: Line[] = []
  try {
    for (const scenario of wanted) {
      const since = Date.now()
      console.log(`${scenario.id}: ${scenario.about}`)
      const place = { postgresUrl, redisUrl, redisProgram }
      const given = { place, seed, queue: orderQueue(place) }
      const report = await scenario.run(given, values.acceptance ? 'acceptance' : 'ci').catch(failed)
      for (const problem of report.problems) console.log(`  ${problem}`)
      const line = { id: scenario.id, seconds: Math.round((Date.now() - since) / 1_000), ...report }
      // Told at once as well: a run may take hours, and be ended before its table.
      console.log(`  ${columns.map(([name, of]) => `${name} ${of(line)}`).join(', ')}`)
      lines.push(line)
    }
  } finally {
    await servers.stop()
  }
  return lines
}

if (values.list) for (const { id, about } of scenarios) console.log(`${id.padEnd(4)} ${about}`)
else {
  const lines = await runAll()
  console.log(`\n${table(lines)}`)
  if (lines.some(({ problems }) => problems.length > 0)) process.exitCode = 1
}
