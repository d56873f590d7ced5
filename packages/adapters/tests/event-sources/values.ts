import type { RawRequest } from '@mailwright/core'

export const now = Date.UTC(2026, 10, 28, 12)
export const seconds = now / 1000
export const iso = new Date(now).toISOString()
export const id = '0190a000-0000-7000-8000-000000000001'
export const messageId = `<${id}@mail.example>`
export const ann = 'ann@example.org'
export const bob = 'bob@example.org'
export const secret = 'correct-horse-battery-staple'

export const post = (body: unknown, headers: Record<string, string> = {}, url = '/hooks/events'): RawRequest => ({
  method: 'POST',
  url,
  headers: new Headers({ 'content-type': 'application/json', ...headers }),
  body: Buffer.from(JSON.stringify(body)),
})

/** What each provider calls a dead address, as a reply. */
export const noSuchUser = { code: 550, enhanced: '5.1.1', text: '550 5.1.1 no such user' }
