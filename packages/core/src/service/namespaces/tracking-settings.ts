import type { Context } from '../../use-cases/context.js'
import { parseInput } from '../../use-cases/parse-input.js'
import {
  type SetAccountTrackingInput,
  type SetDomainTrackingInput,
  setAccountTracking,
  setAccountTrackingSchema,
  setDomainTracking,
  setDomainTrackingSchema,
  type TrackingSettingsInput,
  type TrackingView,
  trackingSettingsSchema,
  trackingView,
} from '../../use-cases/tracking/tracking-settings.js'

/** What is counted of opens and clicks (TRK-2). All is off at first; a switch acts on mail composed afterwards, and links sent before still lead on. */
export interface TrackingSettingsNamespace {
  get(input?: TrackingSettingsInput): Promise<TrackingView>
  /** Sets the account and all its domains, also those set apart before. What is not named stays. @throws PUBLIC_URL_REQUIRED */
  setAccount(input: SetAccountTrackingInput): Promise<TrackingView>
  /** Sets some domains apart, until the account is set again. @throws NOT_FOUND, with nothing set; PUBLIC_URL_REQUIRED */
  setDomains(input: SetDomainTrackingInput): Promise<TrackingView>
}

export function trackingSettingsOf(ctx: Context, account: string): TrackingSettingsNamespace {
  const view = async (input: TrackingSettingsInput = {}) =>
    trackingView(ctx, account, parseInput(trackingSettingsSchema, input))
  return {
    get: view,
    async setAccount(input) {
      await setAccountTracking(ctx, account, parseInput(setAccountTrackingSchema, input))
      return view()
    },
    async setDomains(input) {
      await setDomainTracking(ctx, account, parseInput(setDomainTrackingSchema, input))
      return view()
    },
  }
}
