import { eventSourceConformance, eventSourceMutants, failuresOf, recordingRunner } from '@mailwright/conformance'
import { describe, expect, it } from 'vitest'
import { createMailgun } from './event-sources/mailgun.js'
import { createPostmark } from './event-sources/postmark.js'
import { createResend } from './event-sources/resend.js'
import { createSendgrid } from './event-sources/sendgrid.js'
import { createSes } from './event-sources/ses.js'
import { createTencent } from './event-sources/tencent.js'

const runner = { describe, it, expect }
const bytes = (reason: string) => ({ id: 'event-source/refuses-another-byte', reason })
const body = (reason: string) => ({ id: 'event-source/refuses-a-changed-body', reason })
const single = {
  id: 'event-source/one-unreadable-event-spoils-no-other',
  reason: 'one request is about one thing that happened',
}
const relay = (reason: string) => ({ id: 'event-source/knows-the-mail-by-the-header-of-its-relay', reason })
const nothing = 'the provider signs nothing'
const token = 'only a timestamp and a token are signed'
const unsigned = [single, body(nothing), bytes(nothing), { id: 'event-source/refuses-another-time', reason: nothing }]
const tokenOnly = [single, body(token), bytes(token)]

describe('DLV-5 T32 Amazon SES', () =>
  eventSourceConformance({ runner, create: createSes, skip: [single, bytes('SNS signs the fields of its envelope')] }))
describe('DLV-5 T32 SendGrid', () => eventSourceConformance({ runner, create: createSendgrid }))
describe('DLV-5 T32 Resend', () =>
  eventSourceConformance({ runner, create: createResend, skip: [single, relay('its relay has no header for tags')] }))
describe('DLV-5 T32 Mailgun', () => eventSourceConformance({ runner, create: createMailgun, skip: tokenOnly }))
describe('DLV-5 T32 Postmark', () => eventSourceConformance({ runner, create: createPostmark, skip: unsigned }))
describe('DLV-5 T32 Tencent', () =>
  eventSourceConformance({
    runner,
    create: createTencent,
    skip: [...unsigned, relay('the header that it repeats is the caller’s')],
  }))

describe('the event source suite', () => {
  it.each(eventSourceMutants)('fails its cases for a source that $name', async ({ spoil, fails }) => {
    const { runner: recording, run } = recordingRunner()
    const create = async () => {
      const made = await createSendgrid()
      return { ...made, source: spoil(made.source, made.now) }
    }
    eventSourceConformance({ runner: recording, create })
    expect(failuresOf(await run())).toEqual(fails)
  })
})
