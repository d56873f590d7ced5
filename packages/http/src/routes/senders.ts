import { createSenderSchema, listSendersSchema } from '@mailwright/core'
import { json } from '../operation.js'
import { pageOf } from '../schemas/common.js'
import { senderView } from '../schemas/domains.js'

export const senderRoutes = [
  json('POST', '/senders', {
    verb: 'senders.create',
    summary: 'Makes a sender address of a verified domain',
    body: createSenderSchema,
    answer: senderView,
    makes: true,
    call: ({ senders }, { body }) => senders.create(body),
  }),
  json('GET', '/senders', {
    verb: 'senders.list',
    summary: 'Lists sender addresses, newest first',
    query: listSendersSchema,
    answer: pageOf(senderView),
    call: ({ senders }, { query }) => senders.list(query),
  }),
  json('DELETE', '/senders/:sender', {
    verb: 'senders.delete',
    summary: 'Deletes a sender address that no unfinished task uses',
    answer: null,
    call: ({ senders }, { params }) => senders.delete(params.sender),
  }),
]
