import { isMailError } from '@mailwright/core'
import { expect, it } from 'vitest'
import { type ParsedTemplate, parseTemplate, renderTemplate } from '../../packages/core/src/domain/template/index.js'
import { needs } from '../servers/needs.js'
import { hostileMarkup, hostileUrls } from '../threats/hostile-markup.js'
import { openPage } from './a-browser.js'

const values = [...new Set([...hostileMarkup, ...hostileUrls])]
const links = { open: () => 'OPEN', click: () => 'CLICK', sealed: () => 'SEALED' }
const AT_ONCE = 100
const NOWHERE = 'http://127.0.0.1:9'

const templates = {
  'text and attributes': '<p title="{{v}}">Hello {{v}}</p><ul><li><b>{{v}}</b></ul>',
  'whole and partial URLs': '<a href="{{v}}">x</a><a href="https://shop.example/{{v}}?a={{v}}">y</a>',
}

/** The mail of a value, or null where it is refused as a URL. */
function mailOf(template: ParsedTemplate, value: string): string | null {
  try {
    return renderTemplate(template, { values: new Map([['v', value]]), links })
  } catch (error) {
    if (isMailError(error, 'UNSAFE_URL')) return null
    throw error
  }
}

/** Runs in the browser: opens each mail in a frame of its own, clicks its links, and answers the names of the elements in each. */
const OPEN_ALL = `async (mails) => {
  document.body.replaceChildren()
  const frames = mails.map((html) => {
    const frame = document.createElement('iframe')
    frame.srcdoc = html
    return frame
  })
  await Promise.all(frames.map((frame) => new Promise((loaded) => {
    frame.onload = loaded
    document.body.append(frame)
  })))
  return frames.map(({ contentDocument }) => {
    for (const link of contentDocument.links) {
      if (link.protocol === 'javascript:' || link.protocol === 'data:') link.click()
      link.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))
    }
    return [...contentDocument.querySelectorAll('*')].map(({ tagName }) => tagName).join(' ')
  })
}`

needs('chromium')('values in a mail that a browser opens', () => {
  it.each(Object.entries(templates))(
    `TPL-3, T4: none of ${values.length} hostile values in %s runs, loads or makes anything`,
    async (_, html) => {
      const template = parseTemplate(html, 'html')
      const { page, troubles } = await openPage(NOWHERE)
      await page.setContent('<!doctype html><body></body>')
      const mails = values.map((value) => mailOf(template, value)).filter((mail) => mail !== null)
      const openAll = (some: readonly string[]) =>
        page.evaluate(`(${OPEN_ALL})(${JSON.stringify(some)})`) as Promise<string[]>
      const [wanted = ''] = await openAll([mailOf(template, 'https://a.example/') ?? ''])
      expect(wanted).toContain('BODY')
      const seen: string[] = []
      for (let at = 0; at < mails.length; at += AT_ONCE) seen.push(...(await openAll(mails.slice(at, at + AT_ONCE))))
      expect(seen.length).toBe(mails.length)
      expect(seen.filter((elements) => elements !== wanted)).toEqual([])
      expect(troubles).toEqual([])
    },
    120_000,
  )

  it('T4: would be noticed if they did', async () => {
    const { page, troubles } = await openPage(NOWHERE)
    await page.setContent('<!doctype html><body></body>')
    const some = JSON.stringify([
      '<img src="http://127.0.0.1:8/x">',
      '<a href="javascript:alert(1)">x</a>',
      '<svg onload=alert(2)>',
    ])
    await page.evaluate(`(${OPEN_ALL})(${some})`)
    await expect.poll(() => troubles.filter((one) => one.startsWith('dialog')).length).toBe(2)
    expect(troubles.some((one) => one.startsWith('asked elsewhere'))).toBe(true)
  })
})
