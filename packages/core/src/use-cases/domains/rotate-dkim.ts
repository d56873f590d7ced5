import type { z } from 'zod'
import { beginRotation, cancelRotation, signingKeys } from '../../domain/dkim-key/index.js'
import { renewDkimRows } from '../../domain/sender-domain/index.js'
import { MailError } from '../../errors/mail-error.js'
import { refusalError, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { dkimKindOf } from '../dkim-keys.js'
import { creating, type Once } from '../idempotent.js'
import { type Stored, type StoredDkimKey, updateRecord } from '../stored.js'
import { checkWork } from './check-work.js'
import type { rotateDkimSchema } from './domain-input.js'
import { domainByNameOrId } from './domain-lookup.js'
import { type DomainView, domainView } from './domain-view.js'
import { sealedKeys } from './sealed-keys.js'

type Input = z.output<typeof rotateDkimSchema>

/**
 * Makes new keys and puts their records into the checklist. The old ones sign until the daily look, or a verify, finds all new records in DNS; their own
 * records stay for `policy.dkimOverlapDays` more (DOM-8). A domain that is not verified has signed nothing, so its keys are replaced at once.
 * @throws NOT_FOUND, DOMAIN_LOST; STATE_INVALID while a rotation is not over, or when there is none to cancel
 */
export async function rotateDkim(ctx: Context, account: string, nameOrId: string, input: Input): Promise<DomainView> {
  const { id } = await domainByNameOrId(ctx, account, nameOrId)
  return creating<DomainView>(ctx, 'domains.rotateDkim', account, { ...input, domain: id }, async (once) => {
    for (;;) {
      const view = await tryRotation(ctx, await domainByNameOrId(ctx, account, id), input, once)
      if (view) return view
    }
  })
}

/** null: somebody else has changed the domain meanwhile. */
async function tryRotation(
  ctx: Context,
  domain: Stored<'domain'>,
  input: Input,
  once: Once<DomainView>,
): Promise<DomainView | null> {
  if (domain.state === 'lost') throw new MailError('DOMAIN_LOST', { domain: domain.id })
  const now = ctx.clock.now()
  const keys = await rotated(ctx, domain, input)
  const rows = renewDkimRows(domain.data.rows, { name: domain.data.name, dns: ctx.dns, keys })
  const next = { ...domain, data: { ...domain.data, keys, rows } }
  const view = await domainView(ctx, next)
  const put = updateRecord(domain, { data: { keys, rows } })
  const chore = domain.state === 'verified' ? [checkWork(ctx, next, now)] : []
  const result = await tryBundle(ctx, { guards: once(view), changes: [put, ...chore] })
  if (result.applied) return view
  if (result.refusal.type !== 'version') throw refusalError(result.refusal)
  return null
}

async function rotated(
  ctx: Context,
  { account, id, state, data }: Stored<'domain'>,
  { keys: wanted, cancel }: Input,
): Promise<readonly StoredDkimKey[]> {
  if (cancel) return cancelRotation(data.keys)
  const verified = state === 'verified'
  // Before the keys are made, which takes a while.
  if (verified) beginRotation(data.keys, [])
  const fresh = await sealedKeys(ctx, {
    account,
    domain: id,
    kind: wanted ?? dkimKindOf(signingKeys(data.keys).map(({ algorithm }) => algorithm)),
    state: verified ? 'publishing' : 'active',
    now: ctx.clock.now(),
    used: data.keys.map(({ selector }) => selector),
  })
  return verified ? beginRotation(data.keys, fresh) : fresh
}
