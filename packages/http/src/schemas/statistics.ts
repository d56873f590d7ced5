import { z } from 'zod'
import { count, instant, list, name } from './common.js'

const share = name('Share', z.strictObject({ count, of: count, rate: z.number().nullable() }))

const shares = <const K extends string>(...names: readonly K[]) =>
  z.strictObject(Object.fromEntries(names.map((one) => [one, share])) as Record<K, typeof share>)
const counts = <const K extends string>(...names: readonly K[]) =>
  Object.fromEntries(names.map((one) => [one, count])) as Record<K, typeof count>

const sendingFigures = {
  counts: z.strictObject(
    counts(
      'requests',
      'refused',
      'accepted',
      'handedOver',
      'delivered',
      'deferred',
      'bounced',
      'bouncedHard',
      'bouncedSoft',
      'dropped',
      'failed',
      'cancelled',
      'expired',
      'invalid',
      'spamBounced',
    ),
  ),
  rates: shares(
    'accepted',
    'delivered',
    'deferred',
    'bounced',
    'bouncedHard',
    'bouncedSoft',
    'dropped',
    'invalid',
    'spamBounced',
  ),
}

const trackingFigures = {
  counts: z.strictObject({
    ...counts(
      'delivered',
      'opens',
      'uniqueOpens',
      'clicks',
      'uniqueClicks',
      'machineOpens',
      'machineClicks',
      'unsubscribes',
      'complaints',
    ),
    openUsers: count.nullable(),
    clickUsers: count.nullable(),
  }),
  rates: shares('opened', 'clicked', 'unsubscribed', 'complained'),
}

const group = {
  period: z.string().optional(),
  startsAt: instant.optional(),
  domain: z.string().optional(),
  recipientDomain: z.string().optional(),
  template: z.string().optional(),
  task: z.string().optional(),
  tag: z.string().nullable().optional(),
}

const page = <F extends z.ZodRawShape>(figures: F) =>
  z.strictObject({
    from: instant,
    to: instant,
    items: list(z.strictObject({ ...group, ...figures })),
    total: z.strictObject(figures),
    next: z.string().nullable(),
  })

export const sendingStatistics = name('SendingStatistics', page(sendingFigures))
export const trackingStatistics = name('TrackingStatistics', page(trackingFigures))

const switches = { opens: z.boolean(), clicks: z.boolean() }

export const trackingSettings = name(
  'TrackingSettings',
  z.strictObject({
    account: z.strictObject(switches),
    domains: z.strictObject({
      items: list(z.strictObject({ domain: z.string(), ...switches })),
      next: z.string().nullable(),
    }),
  }),
)
