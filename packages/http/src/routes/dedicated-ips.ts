import {
  applyIpsSchema,
  assignIpSchema,
  billIpsSchema,
  listIpsSchema,
  openIpsSchema,
  pageSchema,
  recommendIpsSchema,
  tagsSchema,
  unassignIpSchema,
} from '@mailwright/core'
import { json } from '../operation.js'
import { pageOf } from '../schemas/common.js'
import * as shapes from '../schemas/dedicated-ips.js'

export const dedicatedIpRoutes = [
  json('GET', '/dedicated-ips', {
    verb: 'dedicatedIps.list',
    summary: 'Lists dedicated IPs, newest first',
    query: listIpsSchema,
    answer: pageOf(shapes.ipView),
    call: ({ dedicatedIps }, { query }) => dedicatedIps.list(query),
  }),
  json('POST', '/dedicated-ips', {
    verb: 'dedicatedIps.apply',
    summary: 'Gets free addresses for some domains, all or none',
    body: applyIpsSchema,
    answer: shapes.allocatedIps,
    makes: true,
    call: ({ dedicatedIps }, { body }) => dedicatedIps.apply(body),
  }),
  json('GET', '/dedicated-ips/status', {
    verb: 'dedicatedIps.status',
    summary: 'Whether the service is open, under which terms, at which price',
    answer: shapes.ipService,
    call: ({ dedicatedIps }) => dedicatedIps.status(),
  }),
  json('POST', '/dedicated-ips/open', {
    verb: 'dedicatedIps.open',
    summary: 'Agrees to the operator’s terms',
    body: openIpsSchema,
    answer: shapes.ipService,
    call: ({ dedicatedIps }, { body }) => dedicatedIps.open(body),
  }),
  json('POST', '/dedicated-ips/close', {
    verb: 'dedicatedIps.close',
    summary: 'Gives all IPs back and ends the service',
    answer: shapes.ipService,
    call: ({ dedicatedIps }) => dedicatedIps.close(),
  }),
  json('POST', '/dedicated-ips/recommend', {
    verb: 'dedicatedIps.recommend',
    summary: 'How many IPs the given rates need',
    body: recommendIpsSchema,
    answer: shapes.recommendation,
    call: ({ dedicatedIps }, { body }) => dedicatedIps.recommend(body),
  }),
  json('POST', '/dedicated-ips/assign', {
    verb: 'dedicatedIps.assign',
    summary: 'Lets the mail of one more domain leave from an IP',
    body: assignIpSchema,
    answer: shapes.ipView,
    call: ({ dedicatedIps }, { body }) => dedicatedIps.assign(body),
  }),
  json('POST', '/dedicated-ips/unassign', {
    verb: 'dedicatedIps.unassign',
    summary: 'Lets the mail of a domain leave from an IP no longer',
    body: unassignIpSchema,
    answer: shapes.ipView,
    call: ({ dedicatedIps }, { body }) => dedicatedIps.unassign(body),
  }),
  json('GET', '/dedicated-ips/bill', {
    verb: 'dedicatedIps.bill',
    summary: 'What a month costs; null if nothing has a price',
    query: billIpsSchema,
    answer: shapes.ipBill.nullable(),
    call: ({ dedicatedIps }, { query }) => dedicatedIps.bill(query),
  }),
  json('GET', '/dedicated-ips/ledger', {
    verb: 'dedicatedIps.ledger',
    summary: 'Lists every posting, newest first',
    query: pageSchema,
    answer: pageOf(shapes.ledgerEntry),
    call: ({ dedicatedIps }, { query }) => dedicatedIps.ledger(query),
  }),
  json('PUT', '/dedicated-ips/:ip/tags', {
    verb: 'dedicatedIps.setTags',
    summary: 'Replaces all its tags',
    body: tagsSchema,
    answer: shapes.ipView,
    call: ({ dedicatedIps }, { params, body }) => dedicatedIps.setTags(params.ip, body),
  }),
  json('DELETE', '/dedicated-ips/:ip', {
    verb: 'dedicatedIps.disable',
    summary: 'Gives an IP back',
    answer: null,
    call: ({ dedicatedIps }, { params }) => dedicatedIps.disable(params.ip),
  }),
]
