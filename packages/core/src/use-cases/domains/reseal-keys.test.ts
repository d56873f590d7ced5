import { describe, expect, it } from 'vitest'
import { aContext } from '../../../tests/a-context.js'
import { createSecretBox } from '../secret-box.js'
import { find } from '../stored.js'
import { createDomain, dkimSealContext } from './index.js'
import { resealKeys } from './reseal-keys.js'

const OLD = 'the old secret of the service'
const NEW = 'the new secret of the service'

const create = { name: 'mail.shop.example', dkim: 'rsa-1024', trust: 'operator' } as const

describe('sealing keys anew', () => {
  it('DOM-8: what is sealed under an older secret of the list comes under the first one, so that the older may go', async () => {
    const ctx = aContext({ secrets: createSecretBox(OLD) })
    const { id } = await createDomain(ctx, 'acme', { ...create })
    const pending = await createDomain(ctx, 'acme', { ...create, name: 'new.shop.example', trust: undefined })
    const opens = async (domain: string, secret: string | readonly string[]) => {
      const [key] = (await find(ctx, 'domain', 'acme', domain))?.data.keys ?? []
      const context = dkimSealContext('acme', domain, key?.selector ?? '')
      return () => createSecretBox(secret).open(key?.sealed ?? '', context)
    }
    const before = (await opens(id, OLD))()
    const both = { ...ctx, secrets: createSecretBox([NEW, OLD]) }
    await resealKeys(both)
    expect((await opens(id, NEW))()).toBe(before)
    expect(await opens(pending.id, NEW)).not.toThrow()
    expect(await opens(id, OLD)).toThrow()
    const version = (await find(ctx, 'domain', 'acme', id))?.version
    await resealKeys(both)
    expect((await find(ctx, 'domain', 'acme', id))?.version).toBe(version)
  })

  it('DOM-8: a key whose secret is missing is left as it is', async () => {
    const problems: string[] = []
    const ctx = aContext({ secrets: createSecretBox(OLD), logger: { log: (_, event) => problems.push(event) } })
    const { id } = await createDomain(ctx, 'acme', { ...create })
    const before = await find(ctx, 'domain', 'acme', id)
    await resealKeys({ ...ctx, secrets: createSecretBox(NEW) })
    expect((await find(ctx, 'domain', 'acme', id))?.data).toEqual(before?.data)
    expect(problems).toEqual(['key-unreadable'])
  })
})
