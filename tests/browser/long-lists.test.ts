import { expect, it } from 'vitest'
import { sampleService } from '../../packages/console/samples.js'
import { needs } from '../servers/needs.js'
import { aConsole } from './a-console.js'

const FILES = 10
const ROWS = 10_000

/** Runs in the browser. */
const TO_THE_END = `{ const frame = document.querySelector('[role=table]'); frame.scrollTop = frame.scrollHeight }`

/** Runs in the browser: how long frames took while it was scrolled through, the median and the longest, in milliseconds. */
const SCROLL = `new Promise((done) => {
  const frame = document.querySelector('[role=table]')
  const times = []
  let last = performance.now()
  const step = (now) => {
    times.push(now - last)
    last = now
    frame.scrollTop = (times.length / 120) * frame.scrollHeight
    if (times.length < 120) requestAnimationFrame(step)
    else done([times.sort((a, b) => a - b)[60], times[119]])
  }
  requestAnimationFrame(step)
})`

needs('chromium')('a list of 100,000 rows', () => {
  it('is read as one scrolls, and only what is seen is in the document', async () => {
    const { page, mail, go, troubles } = await aConsole({
      service: await sampleService({ policy: { rowsPerGroup: FILES * ROWS } }),
    })
    await mail.groups.create({ name: 'many' })
    for (let file = 0; file < FILES; file += 1) {
      const rows = Array.from({ length: ROWS }, (_, at) => `reader${file * ROWS + at}@example.org,R`)
      await mail.groups.importCsv('many', `email,name\n${rows.join('\n')}\n`)
    }
    await go('groups/many')
    const table = page.getByRole('table').last()
    await table.waitFor()
    const rowCount = async () => Number(await table.getAttribute('aria-rowcount'))
    const inDocument = () => table.getByRole('row').count()
    await expect
      .poll(
        async () => {
          await page.evaluate(TO_THE_END)
          return rowCount()
        },
        { timeout: 500_000, interval: 10 },
      )
      .toBe(FILES * ROWS + 1)
    expect(await inDocument()).toBeLessThan(80)
    const [median, longest] = (await page.evaluate(SCROLL)) as readonly [number, number]
    console.log(`100,000 rows: frames of ${median.toFixed(1)} ms in the middle, ${longest.toFixed(1)} ms at most`)
    await expect
      .poll(async () => {
        await page.evaluate(TO_THE_END)
        return table.locator(`[aria-rowindex="${FILES * ROWS + 1}"]`).count()
      })
      .toBe(1)
    expect(await inDocument()).toBeLessThan(80)
    expect(troubles).toEqual([])
  }, 600_000)
})
