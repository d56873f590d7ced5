import type { ReviewTemplate } from '@mailwright/core'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { fillSamples, sampleService } from '../../packages/console/samples.js'
import { needs } from '../servers/needs.js'
import { keepScreenshot } from './a-browser.js'
import { aConsole } from './a-console.js'
import { choose } from './choose.js'

const frameOf = (page: Page) => page.frameLocator('iframe[title="Preview of the mail"]')
const htmlFile = (name: string, body: string | Buffer) => ({ name, mimeType: 'text/html', buffer: Buffer.from(body) })

/** A word in a template's subject decides its review, as a host's reviewer would. */
async function reviewedService() {
  const review: ReviewTemplate = ({ subject }) => {
    if (subject?.includes('prize')) return { state: 'rejected', reason: 'No prize games, please.' }
    return { state: subject?.includes('later') ? 'pending' : 'approved' }
  }
  const service = await sampleService({ review })
  await fillSamples(service)
  return service
}

needs('chromium')('templates in the console', () => {
  it('TPL-1, TPL-5: one is written, seen with sample values as HTML and text, and stored', async () => {
    const { page, mail, go, troubles } = await aConsole({ empty: true })
    await go('templates')
    await page.getByText('No template yet').waitFor()
    await page.getByRole('link', { name: 'Create template' }).first().click()
    await page.getByRole('heading', { level: 1, name: 'Create email template' }).waitFor()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('welcome')
    await page.getByLabel('Subject').fill('Hello {{name}}')
    await page.getByLabel('HTML source').fill('<h1>Hello {{name}}</h1><p>{{city.name}}</p>')
    await frameOf(page).getByRole('heading', { name: 'Hello [name]' }).waitFor()
    expect(await page.getByRole('group', { name: 'Variables found' }).locator('code').allTextContents()).toEqual([
      'name',
      'city.name',
    ])
    await page.getByRole('group', { name: 'Sample values' }).getByLabel('city.name').fill('Köln & Bonn')
    await frameOf(page).getByText('Köln & Bonn').waitFor()
    await page.getByText('Hello [name]', { exact: true }).waitFor()

    const frame = page.locator('iframe')
    expect((await frame.boundingBox())?.width).toBeGreaterThanOrEqual(600)
    await page.getByText('Mobile', { exact: true }).click()
    await expect.poll(async () => (await frame.boundingBox())?.width).toBe(375)
    await page.getByRole('radiogroup', { name: 'Show as' }).getByText('Text').click()
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Text', exact: true }).inputValue())
      .toContain('Köln & Bonn')

    await page.getByRole('switch', { name: 'Write the text part yourself' }).click({ force: true })
    await page.getByLabel('Text beside the HTML').fill('Dear {{name}} in {{city.name}}')
    await keepScreenshot({ page }, 'template-new')
    await page.getByRole('button', { name: 'Create template' }).click()
    await page.getByRole('heading', { level: 1, name: 'welcome' }).waitFor()
    expect(await mail.templates.get('welcome')).toMatchObject({
      type: 'html',
      subject: 'Hello {{name}}',
      html: '<h1>Hello {{name}}</h1><p>{{city.name}}</p>',
      text: 'Dear {{name}} in {{city.name}}',
      variables: ['name', 'city.name'],
      review: { state: 'approved' },
    })
    expect(troubles).toEqual([])
  })

  it('TPL-1: an uploaded file fills the editor and says its type; one that is not UTF-8 is refused clearly', async () => {
    const { page, mail, go } = await aConsole({ empty: true })
    await go('templates/new')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('notice')
    const upload = page.locator('input[type=file]')
    await upload.setInputFiles(htmlFile('gbk.html', Buffer.from([0xc4, 0xe3])))
    await page.getByRole('alert').getByText('This file is not UTF-8').waitFor()
    await upload.setInputFiles(htmlFile('notice.txt', '\ufeffWe open at {{time}}.\r\nSee you'))
    await page.getByText('notice.txt is in the editor').waitFor()
    await expect.poll(() => page.getByLabel('Text of the mail').inputValue()).toContain('{{time}}')
    await page.getByRole('button', { name: 'Create template' }).click()
    await page.getByRole('heading', { level: 1, name: 'notice' }).waitFor()
    expect(await mail.templates.get('notice')).toMatchObject({
      type: 'text',
      subject: null,
      text: 'We open at {{time}}.\nSee you',
      html: null,
    })
  })

  it('TPL-2, TPL-3: what is refused is told with its place, and the cursor is led there; nothing is stored', async () => {
    const { page, mail, go } = await aConsole({ empty: true })
    await go('templates/new')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('bad')
    const source = page.getByLabel('HTML source')
    await source.fill('<p>fine</p>\n<p>{{#if a}}</p>')
    await page.getByText('In the HTML source, line 2, column 4').waitFor()
    await page.getByText('TEMPLATE_SYNTAX').waitFor()
    await page.getByRole('button', { name: 'Go to line 2' }).click()
    expect(await page.evaluate('getSelection().toString()')).toBe('{{#if a}}')
    await keepScreenshot({ page }, 'template-refused')

    await source.fill('<script>\n{{a}}</script>')
    await page.getByText('A value inside a script cannot be made safe').waitFor()
    await page.getByRole('button', { name: 'Create template' }).click()
    await source.fill('<p>{{a}}</p>')
    await page.getByLabel('Subject').fill('{{a b}}')
    await page.getByText('In the subject, column 1').waitFor()
    expect((await mail.templates.list()).items).toEqual([])
  })

  it('TPL-5: the preview warns of what recipients would miss', async () => {
    const { page, go } = await aConsole({ empty: true })
    await go('templates/new')
    await page.getByLabel('HTML source').fill('<p>a</p>\n<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">')
    await page.getByText('Pictures without alt text').waitFor()
    await page.getByText('Line 2 (1).').waitFor()
  })

  it('T18: the preview runs nothing, asks nobody and leads nowhere', async () => {
    const { page, url, go, troubles } = await aConsole({ empty: true })
    await go('templates/new')
    await page
      .getByLabel('HTML source')
      .fill(
        [
          '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
          '<script>parent.document.title = "owned"; alert(1)</script>',
          '<img src="https://evil.example/pixel.png" alt="x" onerror="alert(2)">',
          '<link rel="stylesheet" href="https://evil.example/a.css">',
          '<iframe src="https://evil.example/"></iframe>',
          '<form action="https://evil.example/"><button>press</button></form>',
          '<a href="https://evil.example/" target="_top">leave</a><a href="https://evil.example/" target="_self">stay</a><p>seen</p>',
        ].join('\n'),
      )
    await frameOf(page).getByText('seen').waitFor()
    await frameOf(page).getByText('leave').click({ force: true })
    await frameOf(page).getByText('leave').press('Enter')
    await frameOf(page).getByRole('button', { name: 'press' }).click({ force: true })
    // The policy of the page lets the frame go nowhere, so this ends in an empty frame. The key goes to the keyboard:
    // a press on the link would be tried again, in a frame that no longer has it, when the frame went away in between.
    await frameOf(page).getByText('stay').focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('HTML source').fill('<p>seen afterwards</p>')
    await frameOf(page).getByText('seen afterwards').waitFor()
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('')
    expect(page.url()).toBe(`${url}#/templates/new`)
    expect(await page.title()).not.toContain('owned')
    // What the browser says it has held back is what is wanted here.
    expect(troubles.filter((trouble) => !trouble.startsWith('console: '))).toEqual([])
  })

  it('TPL-7: an edit makes a version of what has changed and keeps the rest; a new name makes none', async () => {
    const { page, mail, go, troubles } = await aConsole()
    const before = await mail.templates.get('voucher')
    await go('templates')
    await page.getByRole('link', { name: 'voucher', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'voucher' }).waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await page.getByLabel('Subject').fill('Another one for {{name}}')
    await page.getByRole('button', { name: 'Discard changes' }).click()
    expect(await page.getByLabel('Subject').inputValue()).toBe(before.subject)
    await page.getByLabel('Subject').fill('Another one for {{name}}')
    await page.getByRole('button', { name: 'Save as version 2' }).click()
    await page.getByText('Saved; version 2 sends now').waitFor()
    const after = await mail.templates.get('voucher')
    expect(after).toMatchObject({ subject: 'Another one for {{name}}', html: before.html, text: null })
    expect(after.version.number).toBe(2)
    expect(after.approved).toBe(after.version.id)

    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('coupon')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'coupon' }).waitFor()
    expect((await mail.templates.get('coupon')).version.number).toBe(2)
    await keepScreenshot({ page }, 'template')
    expect(troubles).toEqual([])
  })

  it('TPL-7: an edit by somebody else meanwhile is told, and can be loaded', async () => {
    const { page, mail, go } = await aConsole()
    await go('templates/notice')
    const body = page.getByLabel('Text of the mail')
    await body.fill('Mine {{time}}')
    await mail.templates.update('notice', { text: 'Theirs {{time}}' })
    const load = page.getByRole('button', { name: 'Load it instead of mine' })
    const returned = async () => {
      await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")
      return load.count()
    }
    await expect.poll(returned, { timeout: 20_000 }).toBe(1)
    await load.click()
    expect(await body.inputValue()).toBe('Theirs {{time}}')
    expect((await mail.templates.get('notice')).version.number).toBe(2)
  })

  it('TPL-7: the review is shown with its reason, filtered by, and told apart from the version that sends', async () => {
    const { page, mail, go } = await aConsole({ service: await reviewedService() })
    await mail.templates.create({ name: 'raffle', subject: 'Win a prize', text: 'You!' })
    await mail.templates.update('notice', { subject: 'Opening hours, later', text: 'Not yet: {{time}}' })
    await go('templates')
    const rejected = page.getByRole('row', { name: /raffle/ })
    await rejected.getByText('Rejected').waitFor()
    await rejected.getByText('Reason: No prize games, please.').waitFor()
    expect(await rejected.getByRole('link', { name: /Send an email/ }).count()).toBe(0)
    await page
      .getByRole('row', { name: /notice/ })
      .getByText('An earlier version still sends')
      .waitFor()
    await keepScreenshot({ page }, 'templates')
    // A build that lowers `light-dark()` leaves tables without borders.
    expect(await page.evaluate("getComputedStyle(document.querySelector('[role=table]')).borderTopWidth")).toBe('1px')

    await choose(page, 'Review', 'Under review')
    await page.getByRole('row', { name: /raffle/ }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'notice', exact: true }).click()
    await page.getByText('Mail goes out with an earlier, approved version until then.').waitFor()
    await page.getByRole('button', { name: 'Show the version that sends' }).click()
    await expect
      .poll(() => page.getByRole('dialog').getByLabel('Text', { exact: true }).inputValue())
      .toContain('We open at')
  })

  it('SND-4: one that nothing uses is deleted after a second question, and one in use is not', async () => {
    const { page, mail, go } = await aConsole()
    await go('templates/notice')
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('heading', { level: 1, name: 'Email templates' }).waitFor()
    expect((await mail.templates.list()).items.map(({ name }) => name)).toEqual(['voucher'])

    await go('templates/voucher')
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('dialog').getByText('IN_USE').waitFor()
    expect((await mail.templates.list()).items).toHaveLength(1)
    const next = (await mail.tasks.list()).items.find(({ name }) => name === 'Next week')?.id ?? ''
    await page
      .getByRole('dialog')
      .getByRole('link', { name: `Used by the task …${next.slice(-6)}` })
      .click()
    expect(page.url()).toContain(`#/tasks/${next}`)
  })

  it('ACC-3: a viewer sees a template and its preview, and no button that would be refused', async () => {
    const { page, go } = await aConsole({ role: 'viewer' })
    await go('templates')
    await page.getByRole('link', { name: 'voucher', exact: true }).click()
    await frameOf(page).getByText('Redeem it').waitFor()
    expect(await page.getByLabel('HTML source').getAttribute('readonly')).not.toBeNull()
    for (const name of ['Save', 'Delete', 'Choose a file', 'Discard changes'])
      expect(await page.getByRole('button', { name }).count(), name).toBe(0)
    expect(await page.getByRole('link', { name: /Send an email|Create template/ }).count()).toBe(0)
  })
})
