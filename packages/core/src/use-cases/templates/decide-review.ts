import { newestApproved, type Review } from '../../domain/template/index.js'
import { MailError } from '../../errors/mail-error.js'
import { refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { find, get, type Stored, typed, updateRecord } from '../stored.js'

/** Nobody need ask about the version any more. */
export const reviewOver = (version: string) => ({ type: 'work.drop', kind: 'upkeep', parent: version }) as const

/** How far back an approved version is looked for when the newest one is taken back. */
const LOOK_BACK = 100

/**
 * Stores what was decided about a version, and which version sends from now on, in one bundle. `overrule: false` leaves a version alone that somebody
 * has decided about meanwhile.
 * @throws NOT_FOUND, also when the template is gone
 */
export async function decideReview(
  ctx: Context,
  account: string,
  versionId: string,
  review: Review,
  { overrule }: { readonly overrule: boolean },
): Promise<void> {
  for (;;) {
    const version = await get(ctx, 'template-version', account, versionId)
    if (!overrule && version.data.review.state !== 'pending') return
    const template = await find(ctx, 'template', account, version.parent)
    if (!template) throw new MailError('NOT_FOUND', { kind: 'template' })
    const approved = await approvedAfter(ctx, template, version, review)
    const shown = template.data.latest === versionId ? { state: review.state } : {}
    const result = await tryBundle(ctx, {
      guards: [],
      changes: [
        updateRecord(version, { state: review.state, data: { review } }),
        // Also when nothing of it changes: two decisions at once come one after the other.
        updateRecord(template, { ...shown, data: { approved } }),
        reviewOver(versionId),
      ],
    })
    if (result.applied) return
    if (result.refusal.type !== 'version') throw refusalError(result.refusal)
  }
}

/** Only the decided version and, if it was the one that sent, those before it can change what sends. */
async function approvedAfter(
  ctx: Context,
  { account, id, data }: Stored<'template'>,
  decided: Stored<'template-version'>,
  { state }: Review,
): Promise<string | null> {
  const now = { id: decided.id, number: decided.data.number, state }
  if (state !== 'approved' && data.approved !== decided.id) return data.approved
  const others = state === 'approved' ? await present(ctx, account, data.approved) : await earlier(ctx, account, id)
  const versions = others.map((one) => ({ id: one.id, number: one.data.number, state: one.data.review.state }))
  return newestApproved([...versions.filter(({ id: other }) => other !== decided.id), now])?.id ?? null
}

async function present(ctx: Context, account: string, id: string | null) {
  const version = id === null ? null : await find(ctx, 'template-version', account, id)
  return version ? [version] : []
}

async function earlier(ctx: Context, account: string, template: string) {
  const states = ['approved']
  const filter = {
    kind: 'template-version',
    account,
    parent: template,
    states,
    order: 'newest',
    limit: LOOK_BACK,
  } as const
  return (await ctx.storage.read.records(filter)).items.map((record) => typed<'template-version'>(record))
}
