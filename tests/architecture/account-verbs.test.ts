import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, verbs } from '@mailwright/core'
import { describe, expect, it } from 'vitest'

/** The paths of all functions of an object and of the objects in it. */
function verbsOf(namespace: object, prefix = ''): readonly string[] {
  return Object.entries(namespace).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'function') return [`${prefix}${name}`]
    return typeof value === 'object' && value !== null ? verbsOf(value, `${prefix}${name}.`) : []
  })
}

describe('the verbs of an account', () => {
  it('ACC-3: stand in the table that says who may call them (domain/access/verbs.ts)', async () => {
    const mail = await createMailService({
      storage: memoryStorage(),
      transport: captureTransport(),
      secret: 'a secret only for the tests',
    })
    const known = new Set<string>(Object.keys(verbs))
    const found = verbsOf(mail.account('acme'))
    expect(found.length).toBeGreaterThan(30)
    expect(found.filter((verb) => !known.has(verb))).toEqual([])
  })
})
