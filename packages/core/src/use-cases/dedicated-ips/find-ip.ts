import { canonicalIp } from '../../domain/dedicated-ip/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Change } from '../../ports/changes.js'
import { refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { findByKey, type Stored } from '../stored.js'

/** What an account's work in flight watches to hear that its IPs have changed (DIP-5, REL-5). */
export const ipsEpoch = (account: string): string => `ips:${account}`

export const ipKey = (account: string, ip: string) => ({ scope: account, key: `dedicated-ip:${ip}` })

/** One of the account's own, in any spelling. @throws NOT_FOUND, also for an IP of another account (ACC-2). */
export async function ownIp(
  ctx: Pick<Context, 'storage'>,
  account: string,
  text: string,
): Promise<Stored<'dedicated-ip'>> {
  const { scope, key } = ipKey(account, canonicalIp(text) ?? text)
  const one = await findByKey<'dedicated-ip'>(ctx, scope, key)
  if (!one) throw new MailError('NOT_FOUND', { kind: 'dedicated-ip' })
  return one
}

/** Reads, decides, stores, and tells work in flight; whoever was faster is read again. null: there is nothing to change. */
export async function changeIps(
  ctx: Context,
  account: string,
  decide: () => Promise<readonly Change[] | null>,
): Promise<void> {
  const epoch = ipsEpoch(account)
  for (;;) {
    const changes = await decide()
    if (changes === null) return
    const result = await tryBundle(ctx, { guards: [], changes: [{ type: 'epoch.bump', keys: [epoch] }, ...changes] })
    if (result.applied) {
      ctx.bumped([epoch])
      return
    }
    if (result.refusal.type !== 'version') throw refusalError(result.refusal)
  }
}
