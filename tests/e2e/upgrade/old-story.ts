import { accepted, refused, rows, SENDER, type Service, settle, welcome } from '../a-service.js'

/** What an installation holds on the day it is upgraded: mail of every state, work that is queued, a batch that is paused and one that is planned. */
export async function tellOldStory(service: Service): Promise<void> {
  const { mail, clock } = service
  await mail.send({ ...welcome, to: ['ann@readers.example', 'bad@readers.example'] })
  await mail.groups.create({ name: 'readers' })
  await mail.groups.importCsv('readers', rows(6))
  const task = { template: 'welcome', group: 'readers', from: SENDER } as const
  await mail.tasks.create({ ...task, type: 'immediate', name: 'sent' })
  await settle(service)
  await mail.blocklist.custom.add({ addresses: ['blocked@readers.example'], reason: 'asked by phone' })
  await mail.tasks.create({ ...task, type: 'scheduled', name: 'planned', at: clock.now() + 3_600_000, timeZone: 'UTC' })
  const { id } = await mail.tasks.create({ ...task, type: 'immediate', name: 'paused' })
  await mail.tasks.pause(id)
  await mail.apiKeys.create({ name: 'shop', role: 'sender' })
  // Accepted, and the process ended before it was sent.
  await mail.send({ ...welcome, to: 'queued@readers.example' })
}

/** The receiving side of the story. */
export const answerOfOldStory = (_: unknown, recipient: string) =>
  recipient.startsWith('bad') ? refused(550, '5.1.1', 'no such user') : accepted

/** How the story's service was made, and has to be made again: the keys of its domain are sealed under the secret of `aService`. */
export const oldOptions = { answer: answerOfOldStory, more: { dns: { dkim: 'ours' as const } } }
