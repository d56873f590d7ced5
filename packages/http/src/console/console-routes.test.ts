import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ConsoleRoute } from '../route.js'
import type { StaticFile } from './console-files.js'
import { consoleRoutes } from './console-routes.js'

const PAGE = '<!doctype html><title>Mailwright</title>'

function file(content: string, type: string): StaticFile {
  const gzip = new Uint8Array(gzipSync(content))
  return { type, etag: `"${content.length}"`, gzip, plain: () => new Uint8Array(gunzipSync(gzip)) }
}

const files = new Map([
  ['index.html', file(PAGE, 'text/html; charset=utf-8')],
  ['assets/index-1.js', file('console.log(1)', 'text/javascript; charset=utf-8')],
])

function ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const [page, asset] = consoleRoutes(async () => files) as readonly [ConsoleRoute, ConsoleRoute]
  const name = path.match(/assets\/(.+)$/)?.[1]
  const request = new Request(`https://app.example${path}`, { headers })
  const call = { request, body: () => null, maxBodyBytes: 1, bodyTimeoutMs: 1 }
  return name === undefined ? page.handle({ ...call, params: {} }) : asset.handle({ ...call, params: { file: name } })
}

describe('the console’s files', () => {
  it('the page comes with a policy that allows no script in it and nothing from elsewhere (T18)', async () => {
    const response = await ask('/console/')
    expect(await response.text()).toBe(PAGE)
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toMatch(/script-src 'self'(;|$)/)
    expect(policy).toContain("frame-ancestors 'self'")
    expect(policy).not.toContain('http')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('without a slash at its end the page is where its relative addresses hold', async () => {
    const response = await ask('/console')
    expect([response.status, response.headers.get('location')]).toEqual([302, 'console/'])
  })

  it('are zipped for whoever takes that, and plain for others', async () => {
    const zipped = await ask('/console/assets/index-1.js', { 'accept-encoding': 'br, gzip' })
    expect(zipped.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(await zipped.arrayBuffer()).toString()).toBe('console.log(1)')
    expect(zipped.headers.get('vary')).toBe('accept-encoding')
    for (const none of ['', 'br', 'gzip;q=0', 'gzip; q=0.0, br']) {
      const plain = await ask('/console/assets/index-1.js', { 'accept-encoding': none })
      expect(plain.headers.get('content-encoding'), none).toBeNull()
      expect(await plain.text(), none).toBe('console.log(1)')
    }
  })

  it('are kept by the browser: for ever by their name, or until their tag changes', async () => {
    const asset = await ask('/console/assets/index-1.js')
    expect(asset.headers.get('cache-control')).toContain('immutable')
    const page = await ask('/console/')
    expect(page.headers.get('cache-control')).toBe('private, no-cache')
    const again = await ask('/console/', { 'if-none-match': `"0", W/${page.headers.get('etag')}` })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('that were not built are not there, whatever the name', async () => {
    for (const name of ['index-2.js', '../index.html', '..%2Findex.html', '%2e%2e/package.json', 'constructor'])
      await expect(ask(`/console/assets/${name}`), name).rejects.toMatchObject({ code: 'ROUTE_UNKNOWN' })
  })
})
