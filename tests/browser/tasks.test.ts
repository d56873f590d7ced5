import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { FROM } from '../../packages/console/samples.js'
import { needs } from '../servers/needs.js'
import { keepScreenshot } from './a-browser.js'
import { aConsole, type OpenConsole } from './a-console.js'
import { choose } from './choose.js'

const what = { from: FROM, template: 'voucher' } as const

/** Lets a task come so far. A tick ends where nothing is due, and a dedicated IP takes its time. */
const come = ({ mail }: Pick<OpenConsole, 'mail'>, id: string, state: string) =>
  expect
    .poll(
      async () => {
        await mail.tick()
        return (await mail.tasks.get(id)).state
      },
      { timeout: 40_000 },
    )
    .toBe(state)

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Up to the step that asks when. */
async function begin({ page, go }: Pick<OpenConsole, 'page' | 'go'>): Promise<void> {
  await go('tasks/new?group=readers')
  await choose(page, 'Email template', 'voucher')
  await choose(page, 'Sender address', /hello@/)
  await page.getByText('The group’s variables are the template’s.').waitFor()
}

async function aGroup({ mail }: Pick<OpenConsole, 'mail'>, name: string, addresses: readonly string[]): Promise<void> {
  await mail.groups.create({ name })
  await mail.groups.importCsv(name, `email,name,code\n${addresses.map((one) => `${one},N,1\n`).join('')}`)
}

needs('chromium')('a new sending task in the console', () => {
  it('TSK-2: says at once which variables the group and the template do not share', async () => {
    const { page, mail, go } = await aConsole()
    await go('tasks/new?group=readers')
    await choose(page, 'Email template', 'notice')
    await choose(page, 'Sender address', /hello@/)
    await page.getByText('The template needs, and the group lacks: time').waitFor()
    await page.getByText('The group has, and the template does not use: name, code').waitFor()
    expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true)
    expect((await mail.tasks.list()).items).toHaveLength(2)
  })

  it('TSK-1, TSK-13: is planned, tried with a test mail, and sent at once', async () => {
    const console = await aConsole()
    const { page, mail, samples, troubles } = console
    await begin(console)
    await page.getByLabel('Task name').fill('Autumn')
    await page.getByLabel('Subject').fill('Only for {{name}}')
    await page.getByRole('textbox', { name: 'Tags' }).fill('team=shop')
    await page.getByText('The group’s variables are the template’s.').waitFor()
    await press(page, 'Next')
    await press(page, 'Check')
    const plan = await mail.tasks.plan({ ...what, group: 'readers' })
    expect(plan.sendable).toBeLessThan(plan.recipients)
    await page.getByText('Get the mail').waitFor()
    await page.getByRole('definition').getByText(String(plan.sendable), { exact: true }).waitFor()
    await page.getByRole('row', { name: /Known as an invalid address/ }).waitFor()
    for (const { day, count } of plan.days) await page.getByRole('row', { name: `${day} ${count}` }).waitFor()
    await keepScreenshot({ page }, 'task-plan')

    await page.getByLabel('To an address of your own').fill('me@office.example')
    await press(page, 'Send test mail')
    await page.getByText('A test mail is on its way to me@office.example').waitFor()
    await mail.tick()
    samples.transport.assertSent({ to: 'me@office.example', contains: 'Only for Reader' }, 1)

    await press(page, 'Next')
    await press(page, 'Create task')
    await page.getByRole('heading', { level: 1, name: 'Autumn' }).waitFor()
    const [made] = (await mail.tasks.list()).items
    await come(console, made?.id ?? '', 'paused')
    const task = await mail.tasks.get(made?.id ?? '')
    expect(task).toMatchObject({ name: 'Autumn', type: 'immediate', tags: { team: 'shop' } })
    expect(task.blocked).toBeGreaterThan(0)
    expect(task.sent + task.blocked + task.cached).toBe(300)
    expect(task.sent).toBeGreaterThan(0)
    expect(troubles).toEqual([])
  })

  it('TSK-1: is scheduled at a time of its zone, wherever the browser is', async () => {
    const console = await aConsole({ context: { timezoneId: 'America/New_York' } })
    const { page, mail, troubles } = console
    await begin(console)
    await press(page, 'Next')
    await page.getByLabel('Scheduled').check()
    await page.getByLabel('Start time').fill('2100-07-01T09:00')
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Kolkata')
    await page.getByRole('option', { name: 'Asia/Kolkata' }).click()
    await press(page, 'Check')
    await page.getByText(/Thursday, July 1, 2100 at 9:00.AM/).waitFor()
    await press(page, 'Next')
    await press(page, 'Create task')
    await page.getByRole('heading', { name: 'Runs' }).waitFor()
    const [task] = (await mail.tasks.list()).items
    expect(task).toMatchObject({ state: 'to-start', nextRun: Date.parse('2100-07-01T09:00+05:30') })
    expect(troubles).toEqual([])
  })

  it('TSK-1, TSK-5: recurs, by units or by a rule, until it is stopped', async () => {
    const console = await aConsole()
    const { page, mail, troubles } = console
    await begin(console)
    await press(page, 'Next')
    await page.getByLabel('Recurring').check()
    await page.getByLabel('First start').fill('2020-01-01T09:00')
    await press(page, 'Check')
    await page.getByText('a time in the future').waitFor()
    await page.getByLabel('First start').fill('2100-01-31T09:00')
    await choose(page, 'Time zone', 'UTC')
    await choose(page, 'Unit', 'months')
    await page.getByLabel('End').fill('2100-12-31T00:00')
    await choose(page, 'Missed starts', 'Leave them out')
    await press(page, 'Check')
    await page.getByText(/Sunday, February 28, 2100/).waitFor()
    await press(page, 'Back')
    await page.getByLabel('By a rule (RRULE)').check()
    await page.getByRole('textbox', { name: 'Rule' }).fill('FREQ=WEEKLY;BYDAY=MO')
    await press(page, 'Check')
    await page.getByText(/Monday, February 1, 2100/).waitFor()
    await press(page, 'Next')
    await press(page, 'Create task')
    await page.getByRole('heading', { name: 'Runs' }).waitFor()
    const [made] = (await mail.tasks.list()).items
    expect(made?.schedule).toMatchObject({
      type: 'recurring',
      rrule: 'FREQ=WEEKLY;BYDAY=MO',
      until: Date.parse('2100-12-31T00:00Z'),
      missed: 'skip',
      cycle: true,
    })

    await press(page, 'Stop recurring')
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('Stopped: it does not start again.').waitFor()
    expect(await mail.tasks.get(made?.id ?? '')).toMatchObject({ nextRun: null, schedule: { cycle: false } })
    expect(troubles).toEqual([])
  })

  it('needs a template, a group and a sender first, and says where to make them', async () => {
    const { page, go } = await aConsole({ empty: true })
    await go('tasks/new')
    await page.getByText('No template is approved yet.').waitFor()
    await page.getByRole('link', { name: 'Go to recipient groups' }).click()
    await page.getByRole('heading', { level: 1, name: 'Recipient groups' }).waitFor()
  })
})

needs('chromium')('sending tasks in the console', () => {
  it('TSK-3, TSK-14: one is found by its status, paused, restarted and cancelled', async () => {
    const { page, mail, go, troubles } = await aConsole()
    const [scheduled] = (await mail.tasks.list({ state: 'to-start' })).items
    const now = () => mail.tasks.get(scheduled?.id ?? '')
    await go('tasks')
    await page
      .getByRole('row', { name: /Spring vouchers/ })
      .getByText('100%')
      .waitFor()
    await choose(page, 'Status', 'To start')
    await page.getByRole('link', { name: 'Spring vouchers' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Next week' }).click()
    await page.getByRole('heading', { level: 1, name: 'Next week' }).waitFor()
    await press(page, 'Pause')
    await page.getByText('Nothing goes out until somebody restarts it.').waitFor()
    expect(await now()).toMatchObject({ state: 'paused', pause: { reason: 'operator' } })
    await press(page, 'Restart')
    await page.getByText('It goes on', { exact: true }).waitFor()
    expect((await now()).state).toBe('to-start')
    await press(page, 'Cancel task')
    await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect((await now()).state).toBe('to-start')
    await press(page, 'Cancel task')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel task' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Cancel task' }).waitFor({ state: 'detached' })
    expect((await now()).state).toBe('cancelled')
    expect(troubles).toEqual([])
  })

  it('TSK-6: what is over the daily limit is cached; the task says until when, and moves while one looks', async () => {
    const console = await aConsole()
    const { page, mail, go, troubles } = console
    await aGroup(
      console,
      'many',
      Array.from({ length: 260 }, (_, at) => `p${at}@example.org`),
    )
    const { id } = await mail.tasks.create({ type: 'immediate', name: 'Many', group: 'many', ...what })
    await go(`tasks/${id}`)
    await page.getByText('To start', { exact: true }).waitFor()
    await come(console, id, 'paused')
    await page.getByText('Daily limit used up').waitFor()
    const task = await mail.tasks.get(id)
    expect(task.pause?.until).toBeGreaterThan(Date.now())
    expect(task.cached).toBeGreaterThan(0)
    await page.getByRole('definition').getByText(String(task.cached), { exact: true }).waitFor()
    await page.getByText('It goes on:').waitFor()
    await keepScreenshot({ page }, 'task-paused')

    await press(page, 'Restart')
    await come(console, id, 'paused')
    await page.getByText('Daily limit used up').waitFor()
    expect((await mail.tasks.get(id)).pause?.reason).toBe('daily-limit')
    expect(troubles).toEqual([])
  })

  it('TSK-10: failed mails are queued again', async () => {
    const console = await aConsole()
    const { page, mail, go, troubles } = console
    await aGroup(console, 'few', ['broken@example.org'])
    const { id } = await mail.tasks.create({ type: 'immediate', group: 'few', ...what })
    await come(console, id, 'done')
    expect((await mail.tasks.get(id)).failed).toBe(1)
    await go(`tasks/${id}`)
    await press(page, 'Retry failed')
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await page.getByText('Queued again: 1').waitFor()
    await expect
      .poll(async () => {
        await mail.tick()
        return mail.tasks.get(id)
      })
      .toMatchObject({ failed: 0, delivered: 1 })
    expect(troubles).toEqual([])
  })

  it('DIP-4: its tags are replaced, and it leads to its mails, its statistics and what it is made of', async () => {
    const { page, mail, go, troubles } = await aConsole()
    const [task] = (await mail.tasks.list({ state: 'done' })).items
    await go(`tasks/${task?.id}`)
    await press(page, 'Edit tags')
    await page.getByRole('dialog').getByLabel('Tags').fill('team=press\ncost=42')
    await press(page, 'Save')
    await page.getByText('team=press', { exact: true }).waitFor()
    expect((await mail.tasks.get(task?.id ?? '')).tags).toEqual({ team: 'press', cost: '42' })
    const hrefOf = (name: string) => page.getByRole('link', { name, exact: true }).getAttribute('href')
    expect(await hrefOf('Its emails')).toBe(`#/messages?task=${task?.id}`)
    expect(await hrefOf('Its statistics')).toBe(`#/sending-data?task=${task?.id}`)
    expect(await hrefOf('voucher')).toBe('#/templates/voucher')
    expect(await hrefOf('readers')).toBe('#/groups/readers')
    await page.getByRole('table', { name: 'Runs' }).getByText('Done').waitFor()
    expect(troubles).toEqual([])
  })

  it('TSK-4: one that could not start says why', async () => {
    const console = await aConsole()
    const { page, mail, go } = console
    await aGroup(console, 'few', ['ann@example.org'])
    const { id } = await mail.tasks.create({ type: 'immediate', group: 'few', ...what })
    await mail.groups.importCsv('few', 'email,other\nann@example.org,1\n', { mode: 'replace' })
    await come(console, id, 'failed')
    await go(`tasks/${id}`)
    await page.getByText('It could not start').waitFor()
    await page.getByText('VARIABLES_MISMATCH').first().waitFor()
  })

  it('ACC-3: a viewer sees them and no button that would be refused', async () => {
    const { page, mail, go } = await aConsole({ role: 'viewer' })
    const [scheduled] = (await mail.tasks.list({ state: 'to-start' })).items
    await go(`tasks/${scheduled?.id}`)
    await page.getByText('To start', { exact: true }).waitFor()
    for (const name of ['Pause', 'Cancel task', 'Edit tags'])
      expect(await page.getByRole('button', { name }).count(), name).toBe(0)
    await go('tasks')
    await page.getByRole('link', { name: 'Next week' }).waitFor()
    expect(await page.getByRole('link', { name: 'Create sending task' }).count()).toBe(0)
    await go('tasks/new')
    await page.getByText('Your role cannot create tasks.').waitFor()
  })
})
