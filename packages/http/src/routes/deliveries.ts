import { deliveriesCsvSchema, eventsSchema, messagesSchema, queueStatusSchema, visitsSchema } from '@mailwright/core'
import { csv, json, live } from '../operation.js'
import { pageOf } from '../schemas/common.js'
import * as shapes from '../schemas/deliveries.js'

export const deliveryRoutes = [
  json('GET', '/deliveries/queue-status', {
    verb: 'deliveries.queueStatus',
    summary: 'What happened minute by minute, and what is queued now',
    query: queueStatusSchema,
    answer: shapes.queueStatus,
    call: ({ deliveries }, { query }) => deliveries.queueStatus(query),
  }),
  live('/deliveries/live', {
    verb: 'deliveries.live',
    summary: 'The queue status now and within two seconds of each change',
    query: queueStatusSchema,
    event: 'queue-status',
    answer: shapes.queueStatus,
    call: ({ deliveries }, { query, signal }) => deliveries.live(query, { signal }),
  }),
  json('GET', '/deliveries/messages', {
    verb: 'deliveries.messages',
    summary: 'Lists mail by date and recipient, newest first',
    query: messagesSchema,
    answer: pageOf(shapes.messageView),
    call: ({ deliveries }, { query }) => deliveries.messages(query),
  }),
  json('GET', '/deliveries/messages/:message/timeline', {
    verb: 'deliveries.timeline',
    summary: 'Everything that happened to one mail, with the raw replies',
    answer: pageOf(shapes.timelineEntry),
    call: async ({ deliveries }, { params }) => ({ items: await deliveries.timeline(params.message), next: null }),
  }),
  json('GET', '/deliveries/opens', {
    verb: 'deliveries.opens',
    summary: 'Lists opens, newest first',
    query: visitsSchema,
    answer: pageOf(shapes.visitEvent),
    call: ({ deliveries }, { query }) => deliveries.opens(query),
  }),
  json('GET', '/deliveries/clicks', {
    verb: 'deliveries.clicks',
    summary: 'Lists clicks, newest first',
    query: visitsSchema,
    answer: pageOf(shapes.clickEvent),
    call: ({ deliveries }, { query }) => deliveries.clicks(query),
  }),
  json('GET', '/deliveries/complaints', {
    verb: 'deliveries.complaints',
    summary: 'Lists complaints, newest first',
    query: eventsSchema,
    answer: pageOf(shapes.deliveryEvent),
    call: ({ deliveries }, { query }) => deliveries.complaints(query),
  }),
  json('GET', '/deliveries/bounces', {
    verb: 'deliveries.bounces',
    summary: 'Lists bounces with the raw replies, newest first',
    query: eventsSchema,
    answer: pageOf(shapes.bounceEvent),
    call: ({ deliveries }, { query }) => deliveries.bounces(query),
  }),
  json('GET', '/deliveries/unsubscribes', {
    verb: 'deliveries.unsubscribes',
    summary: 'Lists unsubscribes, newest first',
    query: eventsSchema,
    answer: pageOf(shapes.unsubscribeEvent),
    call: ({ deliveries }, { query }) => deliveries.unsubscribes(query),
  }),
  csv('/deliveries/export.csv', {
    verb: 'deliveries.exportCsv',
    summary: 'Any of these lists as a file',
    query: deliveriesCsvSchema,
    file: 'deliveries.csv',
    call: ({ deliveries }, { query }) => deliveries.exportCsv(query),
  }),
]
