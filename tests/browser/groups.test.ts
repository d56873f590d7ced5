import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { needs } from '../servers/needs.js'
import { keepScreenshot } from './a-browser.js'
import { aConsole, type OpenConsole } from './a-console.js'
import { choose } from './choose.js'

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

/** What a person drags, made in the page. */
const DROPPED = `(() => {
  const transfer = new DataTransfer()
  transfer.items.add(new File(['email,name\\nann@example.org,Ann\\nbob@example.org,Bob\\n'], 'two.csv'))
  return transfer
})()`

const chooseFile = ({ page }: Pick<OpenConsole, 'page'>, name: string, text: string) =>
  page.getByLabel('Choose a file').setInputFiles(csv(name, text))

const addressesOf = async ({ mail }: Pick<OpenConsole, 'mail'>, group: string) =>
  (await mail.groups.recipients(group, { limit: 1_000 })).items.map(({ address }) => address).sort()

needs('chromium')('recipient groups in the console', () => {
  it('GRP-1, GRP-2: one is made, a file is dropped on it, its recipients are shown, and it is deleted', async () => {
    const { page, mail, go, troubles } = await aConsole({ empty: true })
    await go('groups')
    await page.getByText('No recipient group yet').waitFor()
    await page.getByRole('button', { name: 'Create recipient group' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('readers/2')
    await dialog.getByLabel('Description').fill('who asked for it')
    await dialog.getByRole('button', { name: 'Create recipient group' }).click()
    await page.getByRole('heading', { level: 1, name: 'readers/2' }).waitFor()
    expect(await mail.groups.get('readers/2')).toMatchObject({ description: 'who asked for it', state: 'empty' })

    const dataTransfer = await page.evaluateHandle(DROPPED)
    await page.getByText('Drop a CSV file here').dispatchEvent('drop', { dataTransfer })
    await page.getByText('Every row was taken over: 2.').waitFor()
    expect(await addressesOf({ mail }, 'readers/2')).toEqual(['ann@example.org', 'bob@example.org'])
    const row = page.getByRole('table', { name: 'Recipients of readers/2' }).getByRole('row', { name: /ann@/ })
    await row.getByText('Ann', { exact: true }).waitFor()
    await keepScreenshot({ page }, 'group')

    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('heading', { level: 1, name: 'Recipient groups' }).waitFor()
    expect((await mail.groups.list()).items).toEqual([])
    expect(troubles).toEqual([])
  })

  it('GRP-4: an import tells each kind of row that it left out, with its line', async () => {
    const { page, mail, go, troubles } = await aConsole({ empty: true })
    await mail.groups.create({ name: 'readers' })
    await go('groups/readers')
    const rows = ['ann@example.org,A', ',B', 'ann@example.org,A', 'nobody,C', `bob@example.org,${'x'.repeat(900)}`]
    await chooseFile({ page }, 'mixed.csv', `email,name\n${rows.join('\n')}\n`)
    await page.getByText('mixed.csv is imported').waitFor()
    for (const name of ['Rows in the file 5', 'Taken over 1', 'Repeated 1', 'Invalid 1', 'Too long 1'])
      await page.getByRole('row', { name, exact: true }).waitFor()
    const left = page.getByRole('table', { name: 'Rows that were not taken over' })
    const told = (await left.getByRole('row').allInnerTexts()).slice(1).map((text) => text.split(/\s*\n\s*/))
    expect(told).toEqual([
      ['3', 'Without an address'],
      ['4', 'Repeated'],
      ['5', 'The address cannot be used'],
      ['6', 'Its values are longer than 800 bytes as JSON'],
    ])
    expect(await addressesOf({ mail }, 'readers')).toEqual(['ann@example.org'])
    expect(troubles).toEqual([])
  })

  it('GRP-4: a file that is not one is refused with its line and what to do, and changes nothing', async () => {
    const { page, mail, go } = await aConsole({ empty: true })
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', 'email,name\nann@example.org,Ann\n')
    await go('groups/readers')
    await chooseFile({ page }, 'broken.csv', 'email,name\nbob@example.org,Bob\neve@example.org,Eve,more\n')
    await page.getByRole('alert').getByText('A row of the CSV does not fit the header').waitFor()
    await page.getByText('It is in line 3.').waitFor()
    await page.getByText('It has 3 columns, the header has 2.').waitFor()
    await page.getByText('Nothing of broken.csv was taken over').waitFor()
    await chooseFile({ page }, 'other.csv', 'email,code\nbob@example.org,1\n')
    await page.getByText('The file lacks: name').waitFor()
    await page.getByText('The group does not have: code').waitFor()
    expect(await addressesOf({ mail }, 'readers')).toEqual(['ann@example.org'])
  })

  it('GRP-2: a file is added to what is there, or put in its place', async () => {
    const { page, mail, go, troubles } = await aConsole({ empty: true })
    await mail.groups.create({ name: 'readers' })
    await mail.groups.importCsv('readers', 'email,name\nann@example.org,Ann\n')
    await go('groups/readers')
    await chooseFile({ page }, 'more.csv', 'email,name\nbob@example.org,Bob\n')
    await page.getByText('more.csv is imported').waitFor()
    expect(await addressesOf({ mail }, 'readers')).toEqual(['ann@example.org', 'bob@example.org'])
    await page.getByLabel('Replace them by those of the file').check()
    await chooseFile({ page }, 'new.csv', 'email,code\neve@example.org,1\n')
    await page.getByText('new.csv is imported').waitFor()
    expect(await addressesOf({ mail }, 'readers')).toEqual(['eve@example.org'])
    await page.getByRole('columnheader', { name: 'code' }).waitFor()
    expect(troubles).toEqual([])
  })

  it('GRP-7: a sample is saved for the template that is chosen', async () => {
    const { page, mail, go, troubles } = await aConsole()
    await go('groups')
    await choose(page, 'Sample for template', 'voucher')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download sample CSV' }).click(),
    ])
    const sample = await readFile(await download.path(), 'utf8')
    expect(sample).toBe(await mail.groups.sampleCsv({ template: 'voucher' }))
    expect(sample).toMatch(/^email,name,code\r\n/)
    expect(troubles).toEqual([])
  })

  it('SND-4: a group that an unfinished task uses is not deleted, and says which task', async () => {
    const { page, mail, go } = await aConsole()
    const [task] = (await mail.tasks.list({ state: 'to-start' })).items
    await go('groups')
    await page
      .getByRole('row', { name: /readers/ })
      .getByRole('button', { name: 'Delete' })
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('dialog').getByText('It is in use and cannot be deleted').waitFor()
    const link = page.getByRole('dialog').getByRole('link', { name: /Used by the task/ })
    expect(await link.getAttribute('href')).toBe(`#/tasks/${task?.id}`)
    expect((await mail.groups.get('readers')).rows).toBe(300)
  })

  it('GRP-6: the list is narrowed to a status, which stays in its address', async () => {
    const { page, mail, go, url } = await aConsole()
    await mail.groups.create({ name: 'nobody' })
    await go('groups')
    await choose(page, 'Status', 'Empty')
    await page.getByRole('link', { name: 'readers', exact: true }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'nobody', exact: true }).waitFor()
    expect(page.url()).toBe(`${url}#/groups?state=empty`)
  })

  it('ACC-3: a viewer sees them and no control that would be refused', async () => {
    const { page, go } = await aConsole({ role: 'viewer' })
    await go('groups/readers')
    await page.getByRole('cell', { name: 'reader0@example.org' }).waitFor()
    for (const name of ['Delete', 'Choose a file'])
      expect(await page.getByRole('button', { name }).count(), name).toBe(0)
    expect(await page.getByRole('link', { name: 'Send to this group' }).count()).toBe(0)
  })
})
