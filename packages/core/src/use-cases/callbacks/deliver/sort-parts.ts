import type { Context } from '../../context.js'
import type { CallbackPart, NotTold } from '../callback-records.js'
import { type Endpoint, endpointOf } from '../endpoints.js'

export interface Untold {
  readonly part: CallbackPart
  readonly why: NotTold
}

export interface SortedParts {
  /** The endpoint whose lane it is, as it is set now; null if it tells nobody anything. */
  readonly endpoint: Endpoint | null
  /** For that endpoint. */
  readonly here: readonly CallbackPart[]
  /** For other endpoints, by id. */
  readonly elsewhere: ReadonlyMap<string, readonly CallbackPart[]>
  /** For nobody: parked. */
  readonly nobody: readonly Untold[]
}

/**
 * Whom the events of a row are told now (CBK-1). The first attempt goes to the endpoint that was the one when the event happened, as long as it is
 * there; a later one to whatever is set for the sender by now. What has no endpoint left, or one that is gone, is for nobody.
 */
export function sortParts(
  ctx: Context,
  endpoints: readonly Endpoint[],
  lane: string,
  parts: readonly CallbackPart[],
): SortedParts {
  const own = endpoints.find(({ id }) => id === lane) ?? null
  const here: CallbackPart[] = []
  const elsewhere = new Map<string, CallbackPart[]>()
  const nobody: Untold[] = []
  for (const part of parts) {
    const endpoint = part.tries === 0 && own ? own : endpointOf(ctx, endpoints, part.from)
    if (endpoint?.state !== 'active') nobody.push({ part, why: endpoint ? 'endpoint gone' : 'no endpoint' })
    else if (endpoint === own) here.push(part)
    else elsewhere.set(endpoint.id, [...(elsewhere.get(endpoint.id) ?? []), part])
  }
  return { endpoint: own, here, elsewhere, nobody }
}
