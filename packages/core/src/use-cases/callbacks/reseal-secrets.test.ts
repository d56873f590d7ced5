import { describe, expect, it } from 'vitest'
import { aContext } from '../../../tests/a-context.js'
import { createSecretBox } from '../secret-box.js'
import { find, insertRecord } from '../stored.js'
import { resealCallbackSecrets } from './reseal-secrets.js'
import { openSecret, sealSecret } from './secrets.js'

const OLD = 'the old secret of the service'
const NEW = 'the new secret of the service'

describe('sealing the secrets of callbacks anew', () => {
  it('DOM-8, CBK-3: they come under the first secret of the list, so that the older may go', async () => {
    const ctx = aContext({ secrets: createSecretBox(OLD) })
    const owner = { account: 'acme', id: 'callback-1' }
    const data = {
      url: 'https://hooks.shop.example:8080/',
      sender: null,
      compat: 'none' as const,
      secrets: ['one', 'two'].map((secret) => ({ sealed: sealSecret(ctx, owner, secret), until: null })),
      verifiedAt: null,
      changedAt: ctx.clock.now(),
      goneAt: null,
    }
    const record = insertRecord({ kind: 'callback', ...owner, state: 'active', createdAt: ctx.clock.now(), data })
    await ctx.storage.apply([{ guards: [], changes: [record] }])
    await resealCallbackSecrets({ ...ctx, secrets: createSecretBox([NEW, OLD]) })
    const stored = await find(ctx, 'callback', 'acme', owner.id)
    const alone = { ...ctx, secrets: createSecretBox(NEW) }
    expect(stored?.data.secrets.map(({ sealed }) => openSecret(alone, owner, sealed))).toEqual(['one', 'two'])
  })
})
