import { isSimulated } from '../../domain/delivery/index.js'
import { chunkRef } from '../chunk-work.js'
import type { Context } from '../context.js'
import { domainOfKey } from '../dispatch/outgoing.js'
import { lru } from '../lru.js'
import { chunkMessageIds } from '../message-id.js'
import { each, find, type Stored } from '../stored.js'

/** Mail that waits, by where it comes from and where it goes. */
export interface QueuedCell {
  readonly domain: string
  readonly recipientDomain: string
  readonly count: number
}

type Histogram = ReadonlyMap<string, number>

/** Rows of a group never change, so what a range holds is read once. */
const histograms = lru<Context, Histogram>(500)

/**
 * What is queued now: accepted single mail, retries, and rows of open runs that are not settled, whether granted or cached. Mail whose answer is overdue
 * (a straggler) is on its way and not counted once its chunk is done.
 */
export async function queuedMail(ctx: Context, account: string): Promise<readonly QueuedCell[]> {
  const cells = new Map<string, QueuedCell>()
  const add = (domain: string, recipientDomain: string, count: number) => {
    if (count === 0 || isSimulated(recipientDomain)) return
    const key = `${domain} ${recipientDomain}`
    cells.set(key, { domain, recipientDomain, count: count + (cells.get(key)?.count ?? 0) })
  }
  const single = await ctx.storage.read.queuedMails({ kinds: ['send', 'retry', 'postponed'], account })
  const names = await namesOf(ctx, account, new Set(single.map(({ senderDomain }) => senderDomain)))
  for (const { senderDomain, recipientDomain, count } of single)
    add(names.get(senderDomain) ?? senderDomain, recipientDomain, count)
  for await (const run of each(ctx, 'run', { account, states: ['open'] })) {
    for (const [recipientDomain, count] of await unsettledOf(ctx, run))
      add(run.data.domainName, recipientDomain, Math.max(0, count))
  }
  return [...cells.values()].filter(({ count }) => count > 0)
}

const namesOf = async (ctx: Context, account: string, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> =>
  new Map(
    await Promise.all(
      [...ids].map(async (id) => [id, (await find(ctx, 'domain', account, id))?.data.name ?? id] as const),
    ),
  )

/** Rows never granted, and those of its chunks, less those of them that are settled. */
async function unsettledOf(ctx: Context, run: Stored<'run'>): Promise<Histogram> {
  const { data, account, id } = run
  const task = await find(ctx, 'task', account, data.task)
  if (!task || task.state === 'cancelled') return new Map()
  const chunks = await ctx.storage.read.works({ kind: 'chunk', parent: id })
  const refs = chunks.map(chunkRef)
  const ranges = [
    ...Object.entries(data.lanes).map(([lane, { granted, total }]) => ({ lane, from: granted, to: total })),
    ...refs.map(({ lane, from, to }) => ({ lane, from, to })),
  ]
  const sum = new Map<string, number>()
  const add = (domain: string, count: number) => sum.set(domain, (sum.get(domain) ?? 0) + count)
  for (const range of ranges.filter(({ from, to }) => from < to))
    for (const [domain, count] of await histogramOf(ctx, data, range)) add(domain, count)
  // A chunk that was never claimed has no settled rows.
  const touched = refs.filter((ref, index) => ref.partial || (chunks[index]?.attempt ?? 0) > 0)
  if (touched.length === 0) return sum
  const settled = await ctx.storage.read.messages(touched.flatMap(chunkMessageIds))
  for (const { recipientKey } of settled) add(domainOfKey(recipientKey), -1)
  return sum
}

function histogramOf(
  ctx: Context,
  { group, generation }: { readonly group: string; readonly generation: number },
  range: { readonly lane: string; readonly from: number; readonly to: number },
): Promise<Histogram> {
  const { lane, from, to } = range
  return histograms(ctx).get(`${group} ${generation} ${from} ${to} ${lane}`, async () => {
    const domains = await ctx.storage.read.recipientDomains({ group, generation, lane, from, to })
    return new Map(domains.map(({ domain, count }) => [domain, count]))
  })
}
