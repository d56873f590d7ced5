import type { Context } from '../context.js'
import { each, type Stored } from '../stored.js'

/** The IPs an account has now, oldest first: the same order in every process. */
export async function activeIps(
  ctx: Pick<Context, 'storage'>,
  account: string,
): Promise<readonly Stored<'dedicated-ip'>[]> {
  const found: Stored<'dedicated-ip'>[] = []
  for await (const one of each(ctx, 'dedicated-ip', { account, states: ['active'] })) found.push(one)
  return found
}

export const boundTo = (domain: string, ips: readonly Stored<'dedicated-ip'>[]): readonly Stored<'dedicated-ip'>[] =>
  ips.filter(({ data }) => data.domains.includes(domain))
