import { expect, it } from 'vitest'
import { needs } from '../servers/needs.js'
import { openPage } from './a-browser.js'
import { aConsole } from './a-console.js'

needs('chromium')('the API explorer in a browser', () => {
  it('lists every operation and calls one as whoever is signed in, within its policy', async () => {
    const { page, mail, url, troubles } = await aConsole({ empty: true })
    await page.goto(new URL('../explorer', url).href)
    expect(await page.title()).toBe('Mailwright API')
    const operation = page.locator('details', { has: page.getByText('domains.create', { exact: true }) })
    await operation.locator('summary').click()
    await operation.getByLabel('body').fill('{"name":"news.shop.example"}')
    await operation.getByRole('button', { name: 'Send' }).click()
    await operation.locator('output', { hasText: '201 Created' }).waitFor()
    expect((await mail.domains.list()).items).toMatchObject([{ name: 'news.shop.example', state: 'pending' }])
    expect(troubles).toEqual([])
  })

  it('and the console would be seen to break their policy, to fail, or to ask other servers', async () => {
    const { url } = await aConsole({ empty: true })
    const { page, troubles } = await openPage(new URL(url).origin)
    await page.goto(url)
    await page.evaluate(`document.head.append(Object.assign(document.createElement('script'), { text: 'alert(1)' }))`)
    await page.evaluate(`void setTimeout(() => { throw new Error('nobody catches it') })`)
    await page.evaluate(`void fetch('https://elsewhere.example/').catch(() => undefined)`)
    await page.goto('http://127.0.0.1:9/').catch(() => undefined)
    const kinds = [
      'console: Executing inline script violates',
      'thrown: nobody',
      'asked elsewhere: http://127.0.0.1:9/',
    ]
    await expect.poll(() => kinds.filter((kind) => !troubles.some((one) => one.startsWith(kind)))).toEqual([])
  })
})
