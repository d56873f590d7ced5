import { z } from 'zod'
import {
  type Switches,
  switchAccount,
  switchDomains,
  switchesOf,
  TRACKING_OFF,
  type TrackingSettings,
} from '../../domain/tracking/index.js'
import { MailError } from '../../errors/mail-error.js'
import { bundle, refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { domainByNameOrId } from '../domains/index.js'
import { type PageOf, pageSchema } from '../page-input.js'
import { find, insertRecord, typed, updateRecord } from '../stored.js'

const switches = {
  /** Count opens by a pixel in HTML mail. */
  opens: z.boolean().optional(),
  /** Count clicks by links that lead through us. */
  clicks: z.boolean().optional(),
}

export const setAccountTrackingSchema = z.strictObject(switches)
export type SetAccountTrackingInput = Readonly<z.input<typeof setAccountTrackingSchema>>

export const setDomainTrackingSchema = z.strictObject({
  /** Names or ids, one or many. */
  domains: z.array(z.string().min(1).max(320)).min(1).max(1_000),
  ...switches,
})
export type SetDomainTrackingInput = Readonly<z.input<typeof setDomainTrackingSchema>>

export const trackingSettingsSchema = pageSchema
export type TrackingSettingsInput = Readonly<z.input<typeof trackingSettingsSchema>>

/** The switches of an account, and of each of its domains as they are in effect, newest domain first. */
export interface TrackingView {
  readonly account: Switches
  readonly domains: PageOf<Switches & { readonly domain: string }>
}

/** What is tracked of mail that is composed now. */
export async function trackingOf(ctx: Context, account: string, domain: string): Promise<Switches> {
  return switchesOf(await trackingSettings(ctx, account), domain)
}

const idOf = (account: string): string => `tracking:${account}`

/** Work in flight that watches it composes anew after a switch. */
export const trackingEpoch = (account: string): string => `tracking:${account}`

/** Of the account and its domains. Read once for each chunk or claim, so that a switch acts at once and no mail asks for itself. */
export const trackingSettings = async (ctx: Context, account: string): Promise<TrackingSettings> =>
  (await find(ctx, 'tracking-settings', account, idOf(account)))?.data ?? TRACKING_OFF

export async function trackingView(
  ctx: Context,
  account: string,
  { cursor, limit }: z.output<typeof trackingSettingsSchema>,
): Promise<TrackingView> {
  const settings = await trackingSettings(ctx, account)
  const page = await ctx.storage.read.records({
    kind: 'domain',
    account,
    order: 'newest',
    limit,
    ...(cursor ? { cursor } : {}),
  })
  const items = page.items.map((record) => {
    const { id, data } = typed<'domain'>(record)
    return { domain: data.name, ...switchesOf(settings, id) }
  })
  return { account: { opens: settings.opens, clicks: settings.clicks }, domains: { items, next: page.next } }
}

/** Sets the account and with it all its domains (TRK-2). @throws PUBLIC_URL_REQUIRED */
export const setAccountTracking = (
  ctx: Context,
  account: string,
  input: z.output<typeof setAccountTrackingSchema>,
): Promise<void> => change(ctx, account, given(ctx, input), switchAccount)

/** Sets domains apart from their account, all of them or none (TRK-2). @throws NOT_FOUND, PUBLIC_URL_REQUIRED */
export async function setDomainTracking(
  ctx: Context,
  account: string,
  { domains, ...input }: z.output<typeof setDomainTrackingSchema>,
): Promise<void> {
  const wanted = given(ctx, input)
  const found = await Promise.all(domains.map((one) => domainByNameOrId(ctx, account, one)))
  const ids = found.map(({ id }) => id)
  await change(ctx, account, wanted, (settings, switched) => switchDomains(settings, ids, switched))
}

/** Only what was named. */
function given(ctx: Context, { opens, clicks }: z.output<typeof setAccountTrackingSchema>): Partial<Switches> {
  if (ctx.publicUrl === null && (opens || clicks)) throw new MailError('PUBLIC_URL_REQUIRED', { field: 'publicUrl' })
  return { ...(opens === undefined ? {} : { opens }), ...(clicks === undefined ? {} : { clicks }) }
}

/** Two changes at once both take effect, one upon the other. */
async function change(
  ctx: Context,
  account: string,
  wanted: Partial<Switches>,
  decide: (settings: TrackingSettings, change: Partial<Switches>) => TrackingSettings,
): Promise<void> {
  const id = idOf(account)
  const epoch = trackingEpoch(account)
  for (;;) {
    const read = await find(ctx, 'tracking-settings', account, id)
    const data = decide(read?.data ?? TRACKING_OFF, wanted)
    const put = read
      ? updateRecord(read, { data })
      : insertRecord({ kind: 'tracking-settings', account, id, createdAt: ctx.clock.now(), data })
    const result = await tryBundle(ctx, bundle([put, { type: 'epoch.bump', keys: [epoch] }]))
    if (result.applied) return ctx.bumped([epoch])
    const { type } = result.refusal
    if (type !== 'version' && type !== 'key-taken' && type !== 'absent') throw refusalError(result.refusal)
  }
}
