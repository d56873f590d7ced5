import { sendRegularSchema } from '@mailwright/core'
import { json } from '../operation.js'
import { sendAnswer, sendBody } from '../schemas/send.js'
import { attachmentsFromBase64 } from './attachments.js'

export const sendRoutes = [
  json('POST', '/send', {
    verb: 'send',
    summary: 'Sends a trigger mail, each recipient on their own terms; answers once it is stored',
    body: sendBody,
    large: true,
    answer: sendAnswer,
    makes: true,
    call: (account, { body }) => account.send(attachmentsFromBase64(body)),
  }),
  json('POST', '/send-regular', {
    verb: 'sendRegular',
    summary: 'Sends a template to up to 20 people who see each other',
    body: sendRegularSchema,
    answer: sendAnswer,
    makes: true,
    call: (account, { body }) => account.sendRegular(body),
  }),
]
