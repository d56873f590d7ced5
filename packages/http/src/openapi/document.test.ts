import { verbs } from '@mailwright/core'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { aHandler, jsonOf } from '../../tests/a-handler.js'

const fetched = async () => {
  const { ask } = await aHandler({ basePath: '/mail' })
  return { ask, document: await jsonOf(await ask('/mail/openapi.json', { as: 'default/viewer' })) }
}
type Paths = Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>

describe('the description of the API', () => {
  it('is valid OpenAPI 3.1 without a loose end', async () => {
    const { document } = await fetched()
    const result = await new Validator().validate(structuredClone(document))
    expect(result.errors).toBeUndefined()
    const { schemas } = document.components as { schemas: Record<string, unknown> }
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, id]) => id,
    )
    expect(refs.length).toBeGreaterThan(50)
    expect(refs.filter((id) => !Object.hasOwn(schemas, id ?? ''))).toEqual([])
  })

  it('has an operation for every call a role may make, and says which role and which key', async () => {
    const { document } = await fetched()
    const operations = Object.values(document.paths as Paths).flatMap((path) => Object.values(path))
    const ids = operations.map(({ operationId }) => operationId as string)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [verb, rule] of Object.entries(verbs)) {
      const found = operations.find(({ operationId }) => operationId === verb)
      if (rule.access === 'host') expect(found, verb).toBeUndefined()
      else {
        expect(found?.description, verb).toContain(rule.access)
        const creates = JSON.stringify(found?.parameters).includes('Idempotency-Key')
        expect(creates, verb).toBe('creates' in rule)
      }
    }
  })

  it('names fields as core checks them: required, optional, lists, objects, and nothing that only code can give', async () => {
    const paths = (await fetched()).document.paths as Paths
    expect(paths['/domains']?.post?.requestBody).toMatchObject({
      content: { 'application/json': { schema: { required: ['name'], additionalProperties: false } } },
    })
    expect(JSON.stringify(paths['/domains']?.post?.requestBody)).not.toContain('operator')
    expect(paths['/domains']?.get?.parameters).toContainEqual(
      expect.objectContaining({ name: 'tag', in: 'query', style: 'deepObject', required: false }),
    )
    expect(paths['/statistics/sending']?.get?.parameters).toContainEqual(
      expect.objectContaining({
        name: 'from',
        required: true,
        schema: { anyOf: [{ type: 'number' }, { type: 'string', maxLength: 40 }] },
      }),
    )
    expect(paths['/deliveries/export.csv']?.get?.parameters).toContainEqual(
      expect.objectContaining({ name: 'list', required: true }),
    )
  })

  it('comes with an ETag, and 304 while it is the same', async () => {
    const { ask } = await fetched()
    const etag = (await ask('/mail/openapi.json')).headers.get('etag') ?? ''
    expect((await ask('/mail/openapi.json', { headers: { 'if-none-match': `W/${etag}, "x"` } })).status).toBe(304)
    expect((await ask('/mail/openapi.json', { headers: { 'if-none-match': '"x"' } })).status).toBe(200)
  })

  it('has a page to try it, which runs no script but its own and shows no text as markup', async () => {
    const { ask } = await fetched()
    const page = await ask('/mail/explorer')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
    const html = await page.text()
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(html).not.toMatch(/ on\w+=/)
    for (const verb of ['send', 'tasks.create', 'doctor']) expect(html).toContain(`<code>${verb}</code>`)
    const script = await ask('/mail/explorer.js')
    expect(script.headers.get('content-type')).toContain('javascript')
    expect(await script.text()).toContain('addEventListener')
  })
})
