import type { Finding } from '../../ports/finding.js'
import type { Check } from './finding.js'

const SKEW_MS = 2_000
/** Upkeep may wait for a busy hour, not for a day. */
const LATE_MS = 24 * 3_600_000

export const routeOpen: Check = (_, { trouble }) =>
  trouble === null
    ? []
    : [
        {
          level: 'error',
          code: 'TRANSPORT_DOWN',
          message: `Nothing is handed over: ${trouble}`,
          fix: 'Check the address, the login and the network of the transport; waiting mail goes out by itself.',
        },
      ]

export const workerDrains: Check = (_, { overdueMs }) =>
  overdueMs === 0
    ? []
    : [
        {
          level: 'error',
          code: 'NO_WORKER',
          message: `Mail has been due for ${Math.round(overdueMs / 1_000)} s and no worker takes it up.`,
          fix: 'Call start() in a process whose worker option is not false, or call tick() regularly.',
          details: { overdueMs },
        },
      ]

/** All processes run by the storage's clock; a machine that is off by much has other troubles, TLS and DKIM among them. */
export const clocksAgree: Check = async ({ storage }, { clockTrusted, clockShared, systemNow }) => {
  const findings: Finding[] = []
  if (!clockTrusted)
    findings.push({
      level: 'error',
      code: 'CLOCK_JUMPED',
      message: "This process's clock and the storage's have jumped apart; nothing is claimed until they agree.",
      fix: 'Wait for the next measurement (30 s); if it stays, check the time service of both machines.',
    })
  const skewMs = clockShared ? (await storage.time()) - systemNow : 0
  if (Math.abs(skewMs) > SKEW_MS)
    findings.push({
      level: 'warning',
      code: 'CLOCK_SKEW',
      message: `This machine's clock differs from the storage's by ${Math.round(skewMs / 1_000)} s.`,
      fix: 'Run a time service (NTP) on both machines. Mailwright itself goes by the storage.',
      details: { skewMs },
    })
  return findings
}

export const upkeepDone: Check = async ({ storage }, { now }) => {
  const due = await storage.read.nextDue({ kinds: ['upkeep'], takeoverMs: 0 })
  if (due === null || now - due < LATE_MS) return []
  return [
    {
      level: 'warning',
      code: 'UPKEEP_LATE',
      message: 'Upkeep (retention, DNS rechecks, billing) has been due for more than a day.',
      fix: 'Let a worker run, or call tick() at least once an hour.',
      details: { dueAt: due },
    },
  ]
}
