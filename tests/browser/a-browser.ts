import { mkdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { urlOf } from '../servers/needs.js'

/** What no page of ours may do. */
export type Trouble = string

export interface Seen {
  readonly page: Page
  /** Errors, violations of the policy, and requests to anywhere else, as they happen. */
  readonly troubles: readonly Trouble[]
}

const artefacts = fileURLToPath(new URL('../../.tmp/screenshots/', import.meta.url))

let launched: Promise<Browser> | null = null

/** One browser for a test file. The sandbox of Chromium cannot run as root. */
function browser(): Promise<Browser> {
  launched ??= chromium.launch({
    executablePath: urlOf('chromium'),
    args: userInfo().uid === 0 ? ['--no-sandbox'] : [],
  })
  return launched
}

afterAll(async () => {
  await (await launched)?.close()
  launched = null
})

/** A page of a browser of its own, which nobody has used, in English unless asked. `origin` is where it may ask anything. */
export async function openPage(origin: string, options: BrowserContextOptions = {}): Promise<Seen> {
  const context = await (await browser()).newContext({
    locale: 'en-US',
    viewport: { width: 1280, height: 900 },
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const troubles: Trouble[] = []
  page.on('pageerror', (error) => troubles.push(`thrown: ${error.message}`))
  page.on('console', (message) => {
    // A refusal that the page shows is logged by the browser as well.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      troubles.push(`console: ${message.text()}`)
  })
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(origin) && !/^(about|data|blob):/.test(url)) troubles.push(`asked elsewhere: ${url}`)
  })
  return { page, troubles }
}

/** Keeps what a page looks like as an artefact of the test: .tmp/screenshots/NAME.png. */
export async function keepScreenshot({ page }: Pick<Seen, 'page'>, name: string): Promise<void> {
  mkdirSync(artefacts, { recursive: true })
  await page.screenshot({ path: `${artefacts}${name}.png`, fullPage: true })
}
