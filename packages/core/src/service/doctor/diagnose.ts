import { isMailError } from '../../errors/mail-error.js'
import type { Finding } from '../../ports/finding.js'
import type { Context } from '../../use-cases/context.js'
import { redactedError } from '../redacted-text.js'
import { everythingReadable, nothingParked } from './damage-checks.js'
import { ipsBound, ipsInInventory, rateShared } from './dedicated-ip-checks.js'
import type { Check, Seen } from './finding.js'
import { callbacksAnswer, dkimKeysOpen, dnsDrift } from './installation-checks.js'
import { nothingLeaves, publicLinks } from './option-checks.js'
import { clocksAgree, routeOpen, upkeepDone, workerDrains } from './run-checks.js'
import { durable, queueStands, sharedByAll } from './storage-checks.js'

const checks: readonly Check[] = [
  routeOpen,
  workerDrains,
  clocksAgree,
  durable,
  sharedByAll,
  queueStands,
  dkimKeysOpen,
  publicLinks,
  nothingLeaves,
  upkeepDone,
  everythingReadable,
  nothingParked,
  ipsBound,
  ipsInInventory,
  rateShared,
  dnsDrift,
  callbacksAnswer,
]

/** What an operator should know before launch day: errors first. A check that fails is itself a finding. */
export async function diagnose(ctx: Context, seen: Seen): Promise<readonly Finding[]> {
  const found = await Promise.all(checks.map((check) => answerOf(check, ctx, seen)))
  return found.flat().sort((a, b) => rank(a) - rank(b))
}

const rank = ({ level }: Finding): number => (level === 'error' ? 0 : 1)

async function answerOf(check: Check, ctx: Context, seen: Seen): Promise<readonly Finding[]> {
  try {
    return await check(ctx, seen)
  } catch (error) {
    const why = isMailError(error) ? error.message : redactedError(error)
    const message = `The check ${check.name} could not be made: ${why}`
    return [{ level: 'error', code: 'CHECK_FAILED', message, fix: 'Mend what it says, then ask again.' }]
  }
}
