export type ReviewState = 'approved' | 'pending' | 'rejected'

/** What a reviewer has said about one version (TPL-7). A type, so that it is storable as JSON. */
export type Review = {
  readonly state: ReviewState
  /** Why it was rejected. */
  readonly reason: string | null
}

/** The version that sends: the newest of those approved; null if there is none (TPL-7). */
export function newestApproved<V extends { readonly number: number; readonly state: ReviewState }>(
  versions: readonly V[],
): V | null {
  const approved = versions.filter(({ state }) => state === 'approved')
  return approved.reduce<V | null>((best, one) => (best && best.number > one.number ? best : one), null)
}
