import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { needs } from '../servers/needs.js'
import { aConsole, type OpenConsole } from './a-console.js'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

/** What axe holds against a page that keeps somebody from using it. */
async function seriousOn(page: Page): Promise<readonly string[]> {
  const found = (await page.evaluate(
    `${axe};axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  )) as readonly Violation[]
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
}

/** Every page, the details of something on it, and forms that are more than a dialog. */
async function pathsOf({ mail }: Pick<OpenConsole, 'mail'>): Promise<readonly string[]> {
  const message = (await mail.deliveries.messages({ limit: 1 })).items[0]?.id
  const task = (await mail.tasks.list({ limit: 1 })).items[0]?.id
  const template = (await mail.templates.list({ limit: 1 })).items[0]?.id
  return [
    ...[
      '',
      'domains',
      'domains/mail.shop.example',
      'domains/news.shop.example',
      'senders',
      'templates',
      'templates/new',
    ],
    ...[`templates/${template}`, 'callbacks', 'dedicated-ips', 'dedicated-ips/apply', 'dedicated-ips/bill', 'send'],
    ...['groups', 'groups/readers', 'tasks', 'tasks/new', `tasks/${task}`, 'sending-data', 'tracking-data'],
    ...['tracking-settings', 'queue', 'messages', `messages/${message}`, 'visits', 'complaints', 'bounces'],
    ...['unsubscribes', 'blocklist', 'blocklist/invalid', 'blocklist/mine', 'blocklist/rejects', 'blocklist/custom'],
    ...['blocklist/settings', 'doctor', 'api-keys', 'audit', 'people'],
  ]
}

needs('chromium')('every page of the console', () => {
  it.each([
    { colorScheme: 'light', locale: 'en-US' },
    { colorScheme: 'dark', locale: 'zh-CN' },
  ] as const)(
    'has no serious finding of axe, in $colorScheme colours and the language of $locale',
    async (context) => {
      const open = await aConsole({ context })
      const found: Record<string, readonly string[]> = {}
      for (const path of await pathsOf(open)) {
        await open.go(path)
        await open.page.waitForLoadState('networkidle')
        const serious = await seriousOn(open.page)
        if (serious.length > 0) found[path] = serious
      }
      expect(found).toEqual({})
      expect(open.troubles).toEqual([])
    },
    300_000,
  )

  it('fits a telephone: nothing but tables scrolls sideways', async () => {
    const open = await aConsole({ context: { viewport: { width: 390, height: 800 } } })
    const wide: string[] = []
    for (const path of await pathsOf(open)) {
      await open.go(path)
      await open.page.waitForLoadState('networkidle')
      const width = await open.page.evaluate('document.scrollingElement.scrollWidth')
      if (Number(width) > 390) wide.push(`${path}: ${width}`)
    }
    expect(wide).toEqual([])
  }, 600_000)

  it('says its title to whoever cannot see it, and leads there past the menu', async () => {
    const { page, go } = await aConsole()
    await go('senders')
    expect(await page.title()).toBe('Sender addresses · Mailwright')
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1')
    await page.getByRole('link', { name: 'Sender domains' }).click()
    await expect.poll(() => page.title()).toBe('Sender domains · Mailwright')
    await page.getByRole('button', { name: 'Skip to the content' }).focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1')
  })
})
