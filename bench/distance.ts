/**
 * What a server far away costs: the whole product on memory storage over the `smtp` transport against nodemailer's pool, twenty connections each, through a line of
 * `--way=10` milliseconds each way. `--mails=5000`, `--rounds=1` (medians; ratios are those within a round), `--json`.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { heard } from './ask.js'
import { compared } from './compared.js'
import type { Measured } from './measure.js'
import { machine, option, report } from './report.js'
import { startSink } from './sink.js'

const mails = Number(option('mails', '5000'))
const rounds = Number(option('rounds', '1'))
const way = Number(option('way', '10'))
const CONNECTIONS = 20

const sink = await startSink(20_000 + (process.pid % 10_000))
const proxy = fork(fileURLToPath(new URL('./delay-proxy.ts', import.meta.url)), [String(sink.port), String(way)])
const port = await heard<number>(proxy)
const args = [String(mails), `smtp://127.0.0.1:${port}`]
const rows = await compared<Measured>(
  rounds,
  [
    { label: 'nodemailer pool', program: 'case', args: ['nodemailer pool', 'none', ...args] },
    { label: 'mailwright (memory)', program: 'case', args: ['mailwright, smtp', 'memory', ...args] },
  ],
  {
    'mails/s': (mine) => mine.mailsPerSecond,
    'round trips a mail': (mine) => CONNECTIONS / mine.mailsPerSecond / ((2 * way) / 1_000),
    'CPU s/10k': (mine) => mine.cpuSecondsPer10k,
    'RSS MiB': (mine) => mine.peakRssMiB,
    '× pool': (mine, rival) => rival && mine.mailsPerSecond / rival.mailsPerSecond,
  },
)
proxy.kill()
sink.stop()
report(
  `${mails} mails of about 5 KB over ${CONNECTIONS} connections, ${way} ms each way; ${rounds} rounds, medians.`,
  `${machine()}, ${sink.kind}`,
  rows,
)
