import { signingKeys } from '../../domain/dkim-key/index.js'
import { judge, verdict } from '../../domain/sender-domain/index.js'
import { isMailError } from '../../errors/mail-error.js'
import type { Finding } from '../../ports/finding.js'
import { ping } from '../../use-cases/callbacks/ping.js'
import { signingSecrets } from '../../use-cases/callbacks/secrets.js'
import type { Context } from '../../use-cases/context.js'
import { lookUp } from '../../use-cases/domains/look-up.js'
import { dkimSealContext } from '../../use-cases/domains/sealed-keys.js'
import { each, type RecordKind, type Stored } from '../../use-cases/stored.js'
import type { Check } from './finding.js'

/** Asked one after the other, so that a doctor's visit is no flood; more are checked daily anyway (DOM-9). */
const MOST = 50

/** What is published now for domains that are verified by DNS: a record that has gone is found here before the receivers find it. */
export const dnsDrift: Check = async (ctx) => {
  const findings: Finding[] = []
  for await (const { account, data } of some(ctx, 'domain', ['verified'])) {
    if (data.trust !== 'dns') continue
    const rows = judge(data.rows, await lookUp(ctx, data.rows))
    if (verdict(rows).passed) continue
    const failing = rows.filter(({ required, status }) => required && status !== 'passed')
    const unknown = failing.every(({ status }) => status === 'unknown')
    findings.push({
      level: unknown ? 'warning' : 'error',
      code: unknown ? 'DNS_UNREACHABLE' : 'DNS_DRIFT',
      message: unknown
        ? `The records of the verified domain ${data.name} could not be looked up.`
        : `The verified domain ${data.name} no longer publishes what it was verified by.`,
      fix: unknown
        ? 'Check the resolver of this machine.'
        : 'Publish the expected values of the rows in details again, then call domains.verify.',
      details: { account, rows: failing.map(({ purpose, host, status }) => ({ purpose, host, status })) },
    })
  }
  return findings
}

/** Mail whose key does not open waits until it does: it never goes unsigned (DOM-8). */
export const dkimKeysOpen: Check = async (ctx) => {
  if (ctx.dns.dkim === 'transport') return []
  const findings: Finding[] = []
  // All of them: nobody is asked for it.
  for await (const { account, id, data } of each(ctx, 'domain', { states: ['verified'] })) {
    if (
      signingKeys(data.keys).every(({ selector, sealed }) => opens(ctx, sealed, dkimSealContext(account, id, selector)))
    )
      continue
    findings.push({
      level: 'error',
      code: 'DKIM_KEY_UNREADABLE',
      message: `A DKIM key of ${data.name} cannot be opened: its mail waits, since it must not go unsigned.`,
      fix: 'Add the secret under which it was sealed to the end of the list `secret` in every process, or rotate the keys.',
      details: { account, domain: id },
    })
  }
  return findings
}

function opens(ctx: Context, sealed: string, place: string): boolean {
  try {
    return ctx.secrets.open(sealed, place) !== ''
  } catch (error) {
    if (isMailError(error, 'DATA_CORRUPT')) return false
    throw error
  }
}

/** Each endpoint is told a signed `ping` now: the whole loop, from secret to answer (CBK-2). */
export const callbacksAnswer: Check = async (ctx) => {
  const findings: Finding[] = []
  for await (const endpoint of some(ctx, 'callback')) {
    const { account, id, data } = endpoint
    try {
      await ping(ctx, data.url, signingSecrets(ctx, endpoint, ctx.clock.now()))
    } catch (error) {
      if (isMailError(error, 'DATA_CORRUPT')) {
        findings.push({
          level: 'error',
          code: 'CALLBACK_SECRET_UNREADABLE',
          message: 'The secret of a callback cannot be opened: its events wait, since they must not go unsigned.',
          fix: 'Add the secret under which it was sealed to the end of the list `secret`, or set the callback again.',
          details: { account, callback: id },
        })
        continue
      }
      if (!isMailError(error, 'CALLBACK_UNREACHABLE')) throw error
      findings.push({
        level: 'error',
        code: 'CALLBACK_UNREACHABLE',
        message: `A callback endpoint does not answer: ${String(error.details.cause)}`,
        fix: 'Make it answer a signed POST with 2xx within 10 seconds, or delete the callback. Its events wait for 72 hours and are parked then.',
        details: { account, callback: id },
      })
    }
  }
  return findings
}

async function* some<K extends RecordKind>(
  ctx: Context,
  kind: K,
  states?: readonly Stored<K>['state'][],
): AsyncGenerator<Stored<K>> {
  let count = 0
  for await (const record of each(ctx, kind, states ? { states } : {})) {
    count += 1
    if (count > MOST) return
    yield record
  }
}
