import { createPrivateKey } from 'node:crypto'
import { type DkimSigner, signMail } from '../compose/index.js'
import { signingKeys } from '../domain/dkim-key/index.js'
import { MailError } from '../errors/mail-error.js'
import type { Instant } from '../ports/clock.js'
import type { MessageRow } from '../ports/rows.js'
import type { Context } from './context.js'
import { dkimSealContext } from './domains/sealed-keys.js'
import { find } from './stored.js'

/** What a rotation changes is followed within twice as long, in every process; its overlap is of days (DOM-8). */
const KEPT_MS = 10_000
const DOMAINS = 1_000

interface Kept {
  readonly until: Instant
  readonly signers: Promise<readonly DkimSigner[]>
}

/** Signs mail with the keys of its sender domain. */
export interface Signing {
  /**
   * The mail as it is to be sent, where not the transport signs (DOM-10).
   * @throws DATA_CORRUPT for a key that does not open, or if there is none; the storage's error. Such a mail must not go unsigned.
   */
  sign(message: Pick<MessageRow, 'account' | 'senderDomain'>, content: Uint8Array): Promise<Uint8Array>
}

export function createSigning(ctx: Context): Signing {
  const kept = new Map<string, Kept>()
  const keep = (domain: string, now: Instant, signers: Kept['signers']) => {
    kept.delete(domain)
    kept.set(domain, { until: now + KEPT_MS, signers })
    const [oldest] = kept.keys()
    if (kept.size > DOMAINS && oldest !== undefined) kept.delete(oldest)
  }
  /** Those at hand sign while they are read again, so that no mail waits for that; once they are twice as old, mail waits. */
  const signersOf = ({ account, senderDomain }: Pick<MessageRow, 'account' | 'senderDomain'>) => {
    const now = ctx.clock.now()
    const known = kept.get(senderDomain)
    if (known && known.until > now) return known.signers
    const fresh = readSigners(ctx, account, senderDomain)
    const signers = known && known.until + KEPT_MS > now ? known.signers : fresh
    keep(senderDomain, now, signers)
    fresh.then(
      () => keep(senderDomain, now, fresh),
      () => kept.delete(senderDomain),
    )
    return signers
  }
  return {
    async sign(message, content) {
      return signMail(content, await signersOf(message))
    },
  }
}

async function readSigners(ctx: Context, account: string, id: string): Promise<readonly DkimSigner[]> {
  const domain = await find(ctx, 'domain', account, id)
  const keys = signingKeys(domain?.data.keys ?? [])
  if (!domain || keys.length === 0) throw new MailError('DATA_CORRUPT', { kind: 'domain', id, reason: 'no key signs' })
  return keys.map(({ selector, sealed }) => ({
    domain: domain.data.name,
    selector,
    key: createPrivateKey(ctx.secrets.open(sealed, dkimSealContext(account, id, selector))),
  }))
}
