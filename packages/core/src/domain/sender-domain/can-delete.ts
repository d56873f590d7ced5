import { MailError } from '../../errors/mail-error.js'
import type { DomainState } from './dns-row.js'

/**
 * DOM-7: a pending or lost domain goes freely, a verified one only with no sender and no bound dedicated IP.
 * @throws IN_USE naming them.
 */
export function canDelete(domain: {
  readonly state: DomainState
  readonly senders: readonly string[]
  readonly dedicatedIps: readonly string[]
}): void {
  const { state, senders, dedicatedIps } = domain
  if (state !== 'verified' || (senders.length === 0 && dedicatedIps.length === 0)) return
  throw new MailError('IN_USE', { senders, dedicatedIps })
}
