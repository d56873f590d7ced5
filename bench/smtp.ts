/** How fast finished bytes leave: our SMTP sessions, nodemailer's pool and a bare loop of writes, in turn, against two sinks; plain and under TLS; and with a signature each. */
import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Measured } from './measure.js'
import { startSink, startTlsSink } from './sink.js'

const script = fileURLToPath(new URL('./smtp-case.ts', import.meta.url))
const ROUNDS = 3
const first = 21_000 + (process.pid % 10_000)
const plainPorts = [first, first + 1]
const tlsPorts = [first + 2, first + 3]
const mails: Readonly<Record<string, number>> = {
  raw: 60_000,
  ours: 60_000,
  pool: 6_000,
  signed: 20_000,
  signatures: 20_000,
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

function run(kind: string, ports: readonly number[], tls: boolean): Measured {
  const args = ['--import', 'tsx', script, kind, ports.join(','), String(mails[kind]), tls ? 'tls' : 'plain']
  const { stdout, stderr, status } = spawnSync(process.execPath, args)
  if (status !== 0) throw new Error(stderr.toString().trim().split('\n').slice(-4).join(' | '))
  return JSON.parse(stdout.toString().trim().split('\n').at(-1) ?? 'null')
}

const sinks = [...(await Promise.all(plainPorts.map(startSink))), ...(await Promise.all(tlsPorts.map(startTlsSink)))]
try {
  console.log(
    `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, mails of ${6_500} octets, 14 connections, ${ROUNDS} rounds in turn`,
  )
  for (const [name, ports, tls] of [['plain', plainPorts, false] as const, ['TLS', tlsPorts, true] as const]) {
    const rows = new Map<string, Measured[]>([
      ['raw', []],
      ['ours', []],
      ['pool', []],
    ])
    for (let round = 0; round < ROUNDS; round++) for (const [kind, figures] of rows) figures.push(run(kind, ports, tls))
    const rate = (kind: string) => median((rows.get(kind) ?? []).map(({ mailsPerSecond }) => mailsPerSecond))
    const cpu = (kind: string) => median((rows.get(kind) ?? []).map(({ cpuSecondsPer10k }) => cpuSecondsPer10k))
    const line = (kind: string) => ({
      'mails/s': rate(kind),
      'CPU s/10k': cpu(kind),
      '× pool': Number((rate(kind) / rate('pool')).toFixed(1)),
      'CPU 1/×': Number((cpu('pool') / cpu(kind)).toFixed(1)),
    })
    console.log(`\n${name}`)
    console.table({ 'bare loop': line('raw'), 'ours (smtp)': line('ours'), 'nodemailer pool': line('pool') })
  }
  const [both, alone] = ['signed', 'signatures'].map((kind) =>
    Array.from({ length: ROUNDS }, () => run(kind, plainPorts, false).mailsPerSecond),
  )
  const [withMail, without] = [median(both ?? []), median(alone ?? [])]
  console.log(
    `\nRSA-2048: ${without} signatures/s and nothing else; ${withMail} mails/s signed and sent, ${Math.round((100 * withMail) / without)} % of that`,
  )
} finally {
  for (const sink of sinks) sink.stop()
}
