import type { z } from 'zod'
import { matchesTag } from '../../domain/tags/index.js'
import type { Context } from '../context.js'
import { domainByNameOrId } from '../domains/domain-lookup.js'
import { filteredPage } from '../filtered-page.js'
import type { PageOf } from '../page-input.js'
import { typed } from '../stored.js'
import type { listIpsSchema } from './ip-input.js'
import type { LedgerEntryData } from './ip-records.js'
import { type DedicatedIpView, ipView } from './ip-view.js'

/** The IPs an account has now, newest first. */
export async function listIps(
  ctx: Context,
  account: string,
  { limit, cursor, domain, tag }: z.output<typeof listIpsSchema>,
): Promise<PageOf<DedicatedIpView>> {
  const bound = domain === undefined ? null : (await domainByNameOrId(ctx, account, domain)).id
  const filter = { kind: 'dedicated-ip', account, states: ['active'], order: 'newest' } as const
  const page = await filteredPage(
    (part) => ctx.storage.read.records({ ...filter, ...part }),
    { limit, cursor },
    bound === null && !tag
      ? null
      : (record) => {
          const { data } = typed<'dedicated-ip'>(record)
          return (bound === null || data.domains.includes(bound)) && (!tag || matchesTag(data.tags, tag))
        },
  )
  return {
    items: await Promise.all(page.items.map((record) => ipView(ctx, typed<'dedicated-ip'>(record)))),
    next: page.next,
  }
}

/** One entry of the account's ledger; its lines add up to 0. */
export interface LedgerEntryView extends Pick<LedgerEntryData, 'type' | 'lines' | 'ip' | 'day'> {
  readonly id: string
  readonly postedAt: number
}

/** Newest first. */
export async function listLedger(
  ctx: Context,
  account: string,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<PageOf<LedgerEntryView>> {
  const { items, next } = await filteredPage(
    (part) => ctx.storage.read.records({ kind: 'ledger-entry', account, order: 'newest', ...part }),
    page,
    null,
  )
  return {
    items: items.map((record) => {
      const { id, createdAt: postedAt, data } = typed<'ledger-entry'>(record)
      const { type, lines, ip, day } = data
      return { id, type, lines, ip, day, postedAt }
    }),
    next,
  }
}
