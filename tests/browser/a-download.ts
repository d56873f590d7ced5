import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'

/** Clicks what saves a file, and answers what is in it. */
export async function downloaded(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download CSV' }).click(),
  ])
  return readFile(await download.path(), 'utf8')
}

/** All of a file as the service writes it. */
export async function whole(lines: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const line of lines) text += line
  return text
}
