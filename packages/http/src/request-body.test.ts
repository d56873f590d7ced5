import { describe, expect, it } from 'vitest'
import { aHandler, jsonOf, refusalOf, welcome } from '../tests/a-handler.js'

const type = (value: string) => ({ 'content-type': value })

describe('request bodies', () => {
  it.each([
    ['no content type', {}],
    ['a form', type('application/x-www-form-urlencoded')],
    ['text, as a page of another site could send it unasked', type('text/plain')],
    ['JSON in Latin-1', type('application/json; charset=iso-8859-1')],
    ['compressed JSON', { ...type('application/json'), 'content-encoding': 'gzip' }],
  ])('%s is 415', async (_, headers) => {
    const { ask } = await aHandler()
    const body = new TextEncoder().encode(JSON.stringify(welcome))
    expect(await refusalOf(await ask('/send', { body, headers }))).toEqual([415, 'CONTENT_TYPE_UNSUPPORTED'])
  })

  it.each(['', '{', '[1', 'undefined'])('%j is no JSON', async (body) => {
    const { ask } = await aHandler()
    const response = await ask('/send', { body, headers: type('application/json; charset=UTF-8') })
    expect(await jsonOf(response)).toMatchObject({ status: 400, code: 'INPUT_INVALID', details: { field: 'body' } })
  })

  it('invalid UTF-8 is no JSON', async () => {
    const { ask } = await aHandler()
    const body = new Uint8Array([0x22, 0xff, 0x22])
    expect((await ask('/send', { body, headers: type('application/json') })).status).toBe(400)
  })

  it.each(['null', '[]', '7', '"x"', '{}'])('%s is no input', async (body) => {
    const { ask } = await aHandler()
    for (const path of ['/send', '/send-regular', '/tasks', '/tasks/plan', '/groups', '/templates', '/domains']) {
      const response = await ask(path, { body, headers: type('application/json') })
      expect(response.status, path).toBe(400)
    }
    expect((await ask('/blocklist/lookup', { body, headers: type('application/json') })).status).toBe(400)
  })

  it('more than the limit is refused by its declared length, before it is read', async () => {
    const { handle } = await aHandler({ maxBodyBytes: 1_000 })
    let pulled = 0
    const pull = () => {
      pulled += 1
    }
    const body = new ReadableStream({ pull }, { highWaterMark: 0 })
    const headers = { 'x-caller': 'default/admin', 'content-length': '1001', 'content-type': 'application/json' }
    const request = new Request('http://app.example/send', { method: 'POST', body, headers, duplex: 'half' })
    expect(await refusalOf(await handle(request))).toEqual([413, 'BODY_TOO_LARGE'])
    expect(pulled).toBe(0)
  })

  it('more than the limit is refused while it comes, when its length was not declared', async () => {
    const { handle } = await aHandler({ maxBodyBytes: 1_000 })
    let pulled = 0
    const endless = new ReadableStream(
      {
        pull(controller) {
          pulled += 1
          controller.enqueue(new Uint8Array(400))
        },
      },
      { highWaterMark: 0 },
    )
    const headers = { 'x-caller': 'default/admin', 'content-type': 'application/json' }
    const request = new Request('http://app.example/send', { method: 'POST', body: endless, headers, duplex: 'half' })
    expect(await refusalOf(await handle(request))).toEqual([413, 'BODY_TOO_LARGE'])
    expect(pulled).toBeLessThanOrEqual(4)
  })
})
