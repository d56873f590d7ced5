import PostalMime from 'postal-mime'
import type { Flow } from './flows.js'
import { HOUR, PUBLIC_URL, SENDER, type Stage, settle } from './stage.js'

const READER = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0' }
const TEMPLATE = 'tracked'
const TARGET = 'https://shop.example/sale'

const reader = ({ tag }: Stage): string => `ann@${tag}.example`

async function tokensOf({ world, ...stage }: Stage) {
  const { html = '' } = await PostalMime.parse(world.receiver.contents.get(reader({ world, ...stage })) ?? '')
  const token = (path: string) => new RegExp(`${PUBLIC_URL}/${path}/([\\w-]+)`).exec(html)?.[1] ?? ''
  return { open: token('o'), click: token('c') }
}

/** A reader opens his mail and follows a link. A request that is cut off is made again, as readers do. */
export const visits: Flow = {
  name: 'an open and a click',
  async prepare(stage) {
    const { mail } = stage
    await mail.statistics.settings.setAccount({ opens: true, clicks: true })
    const html = `<p>Hello <a href="${TARGET}">{{name}}</a></p>`
    await mail.templates.create({ name: TEMPLATE, subject: 'News', html }).catch(() => undefined)
    await mail.send({ from: SENDER, to: reader(stage), template: TEMPLATE, variables: { name: 'Ann' } })
    await settle(stage, stage.world.clock.now() + HOUR)
    // Nobody reads in the second the mail has come.
    await stage.world.clock.stepBy(HOUR)
  },
  steps: [
    async (stage) => {
      const { open } = await tokensOf(stage)
      if (!(await stage.mail.tracking.open(open, READER))) throw new Error('not a token of ours')
    },
    async (stage) => {
      const { click } = await tokensOf(stage)
      if ((await stage.mail.tracking.click(click, READER)) !== TARGET) throw new Error('led elsewhere')
    },
    (stage) => settle(stage, stage.world.clock.now() + HOUR),
  ],
  async problems(stage, kills) {
    const { mail, world, day } = stage
    const from = day.from
    const { total } = await mail.statistics.tracking({ from, to: world.clock.now() + 1, by: [] })
    const { opens, uniqueOpens, clicks, uniqueClicks, machineOpens, machineClicks } = total.counts
    const { items } = await mail.deliveries.messages({ recipient: reader(stage) })
    const timeline = await mail.deliveries.timeline(items[0]?.id ?? '')
    const events = (kind: string) => timeline.filter((entry) => entry.kind === kind).length
    const wrong = (what: string, is: boolean) => (is ? [] : [`${what}: ${JSON.stringify(total.counts)}`])
    return [
      ...wrong('one message opened and clicked', uniqueOpens === 1 && uniqueClicks === 1),
      // What was stored before the kill and not answered is a visit of its own.
      ...wrong('each visit once', opens >= 1 && clicks >= 1 && opens + clicks <= 2 + kills),
      ...wrong('as many events as counted', events('open') === opens && events('click') === clicks),
      ...wrong('no machines', machineOpens + machineClicks === 0),
    ]
  },
}
