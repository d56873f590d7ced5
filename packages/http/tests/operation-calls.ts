import { operationId, operationsOf } from '../src/openapi/document.js'
import { routes } from '../src/routes/index.js'
import { type Held, NOON } from './a-full-account.js'
import { DOMAIN, SENDER } from './a-handler.js'

export const operations = new Map(operationsOf(routes).map((route) => [operationId(route), route]))

/** How to ask for one operation, of an account that has these things. */
export interface OperationCall {
  readonly id: string
  readonly path: string
  readonly json?: unknown
  readonly csv?: string
  readonly mail?: string
}

const CSV = 'email,name\nzoe@example.org,Zoe\n'
const NEWS = 'news.shop.example'
const range = `from=${NOON - 86_400_000}&to=${NOON + 86_400_000}`
const text = { html: '<p>Hello {{name}}</p>' }

/** A call for every operation, in an order in which all of them succeed. Names of an account come from `held`; the rest belongs to `default`. */
export function operationCalls(held: Held): readonly OperationCall[] {
  const { domain, sender, template, group, task, recurring, message, callback, ip, key } = held
  const what = { from: SENDER, template, group }
  const mail = { from: SENDER, template, variables: { name: 'Ann' } }
  return [
    { id: 'send', path: '/send', json: { ...mail, to: ['a1@example.org', 'gone@example.org'] } },
    { id: 'sendRegular', path: '/send-regular', json: { ...mail, to: ['a1@example.org', 'a2@example.org'] } },
    { id: 'domains.create', path: '/domains', json: { name: NEWS, tags: { team: 'web' } } },
    { id: 'domains.list', path: '/domains?state=pending&tag[key]=team&tag[value]=web' },
    { id: 'domains.list', path: '/domains' },
    { id: 'domains.get', path: `/domains/${domain}` },
    { id: 'domains.verify', path: `/domains/${domain}/verify` },
    { id: 'domains.rotateDkim', path: `/domains/${domain}/rotate-dkim`, json: { keys: 'rsa-1024' } },
    { id: 'domains.setTags', path: `/domains/${domain}/tags`, json: { team: 'shop' } },
    { id: 'domains.setScenario', path: `/domains/${domain}/scenario`, json: { scenario: 'marketing', force: true } },
    { id: 'domains.delete', path: `/domains/${NEWS}` },
    { id: 'senders.create', path: '/senders', json: { address: `news@${DOMAIN}`, name: 'News' } },
    { id: 'senders.list', path: `/senders?domain=${domain}&limit=10` },
    { id: 'senders.delete', path: `/senders/news@${DOMAIN}` },
    { id: 'templates.create', path: '/templates', json: { name: 'second', ...text } },
    { id: 'templates.list', path: '/templates?review=approved' },
    { id: 'templates.get', path: `/templates/${template}` },
    { id: 'templates.update', path: `/templates/${template}`, json: { subject: 'Hello {{name}}' } },
    { id: 'templates.preview', path: '/templates/preview', json: { html: '<img src="https://x.example/a.png">' } },
    { id: 'templates.delete', path: '/templates/second' },
    { id: 'groups.create', path: '/groups', json: { name: 'second', description: 'of the test' } },
    { id: 'groups.list', path: '/groups?state=ready' },
    { id: 'groups.sampleCsv', path: `/groups/sample.csv?template=${template}` },
    { id: 'groups.get', path: `/groups/${group}` },
    { id: 'groups.recipients', path: `/groups/${group}/recipients?limit=1` },
    { id: 'groups.importCsv', path: `/groups/${group}/import?mode=append`, csv: `${CSV}not an address,x\n` },
    { id: 'groups.delete', path: '/groups/second' },
    { id: 'tasks.create', path: '/tasks', json: { type: 'immediate', ...what, name: 'over HTTP' } },
    { id: 'tasks.list', path: '/tasks?limit=2' },
    { id: 'tasks.plan', path: '/tasks/plan', json: what },
    { id: 'tasks.testSend', path: '/tasks/test-send', json: { ...what, to: 'me@example.org' } },
    { id: 'tasks.get', path: `/tasks/${task}` },
    { id: 'tasks.runs', path: `/tasks/${recurring}/runs` },
    { id: 'tasks.pause', path: `/tasks/${task}/pause` },
    { id: 'tasks.restart', path: `/tasks/${task}/restart` },
    { id: 'tasks.setTags', path: `/tasks/${task}/tags`, json: { team: 'shop' } },
    { id: 'tasks.retryFailed', path: `/tasks/${task}/retry-failed` },
    { id: 'deliveries.queueStatus', path: `/deliveries/queue-status?domains=${DOMAIN}&minutes=5` },
    { id: 'deliveries.live', path: '/deliveries/live?minutes=2' },
    { id: 'deliveries.messages', path: `/deliveries/messages?${range}` },
    { id: 'deliveries.timeline', path: `/deliveries/messages/${message}/timeline` },
    { id: 'deliveries.opens', path: `/deliveries/opens?${range}&machines=true` },
    { id: 'deliveries.clicks', path: '/deliveries/clicks?from=2026-11-23T00:00Z&machines=true' },
    { id: 'deliveries.complaints', path: '/deliveries/complaints' },
    { id: 'deliveries.bounces', path: '/deliveries/bounces?recipientDomains=example.org&recipientDomains=a.example' },
    { id: 'deliveries.unsubscribes', path: '/deliveries/unsubscribes' },
    { id: 'deliveries.exportCsv', path: '/deliveries/export.csv?list=bounces' },
    { id: 'statistics.sending', path: `/statistics/sending?${range}&by=hour&by=domain&by=tag:team` },
    { id: 'statistics.tracking', path: `/statistics/tracking?${range}&by=day&users=true` },
    { id: 'statistics.exportCsv', path: `/statistics/export.csv?${range}&figures=sending` },
    { id: 'statistics.settings.setAccount', path: '/statistics/settings', json: { opens: true } },
    {
      id: 'statistics.settings.setDomains',
      path: '/statistics/settings/domains',
      json: { domains: [domain], clicks: true },
    },
    { id: 'statistics.settings.get', path: '/statistics/settings' },
    { id: 'blocklist.lookup', path: '/blocklist/lookup', json: { addresses: ['gone@example.org', 'a1@example.org'] } },
    { id: 'blocklist.invalid.list', path: '/blocklist/invalid?whitelisted=false' },
    { id: 'blocklist.invalid.mine', path: '/blocklist/invalid/mine?contains=gone' },
    {
      id: 'blocklist.invalid.whitelist',
      path: '/blocklist/invalid/whitelist',
      json: { addresses: ['gone@example.org'] },
    },
    { id: 'blocklist.invalid.remove', path: '/blocklist/invalid/remove', json: { addresses: 'gone@example.org' } },
    { id: 'blocklist.rejects.list', path: '/blocklist/rejects' },
    {
      id: 'blocklist.rejects.lift',
      path: '/blocklist/rejects/lift',
      json: { address: 'eve@default.example', senderDomain: DOMAIN, reason: 'asked by phone' },
    },
    { id: 'blocklist.rejects.lifted', path: '/blocklist/rejects/lifted' },
    { id: 'blocklist.settings.set', path: '/blocklist/settings', json: { fullMailboxes: true } },
    { id: 'blocklist.settings.get', path: '/blocklist/settings' },
    {
      id: 'blocklist.importSuppressions',
      path: '/blocklist/import-suppressions?from=sendgrid&list=unsubscribes',
      csv: '[{"created":1700000000,"email":"old@example.org"}]',
    },
    {
      id: 'blocklist.custom.add',
      path: '/blocklist/custom',
      json: { addresses: ['x@example.org'], domains: ['y.example'] },
    },
    { id: 'blocklist.custom.list', path: '/blocklist/custom?status=active' },
    { id: 'blocklist.custom.importCsv', path: '/blocklist/custom/import?reason=list', csv: 'email\nz@example.org\n' },
    {
      id: 'blocklist.custom.modify',
      path: '/blocklist/custom/modify',
      json: { targets: 'x@example.org', endsAt: null },
    },
    { id: 'blocklist.custom.remove', path: '/blocklist/custom/remove', json: { targets: ['x@example.org'] } },
    { id: 'callbacks.list', path: '/callbacks' },
    { id: 'callbacks.setAccount', path: '/callbacks/account', json: { url: 'http://hooks.example:8081/mail' } },
    { id: 'callbacks.setSender', path: '/callbacks/sender', json: { sender, url: 'http://hooks.example:8082/mail' } },
    { id: 'callbacks.resolve', path: '/callbacks/resolve' },
    { id: 'callbacks.attempts', path: `/callbacks/attempts?callback=${callback}` },
    { id: 'callbacks.replay', path: '/callbacks/replay', json: { from: NOON - 1, to: NOON } },
    { id: 'callbacks.rotateSecret', path: '/callbacks/rotate-secret', json: { id: callback, overlapHours: 0 } },
    { id: 'callbacks.enable', path: '/callbacks/enable', json: { id: callback } },
    { id: 'callbacks.delete', path: `/callbacks/${callback}` },
    { id: 'dedicatedIps.open', path: '/dedicated-ips/open', json: { agree: true } },
    { id: 'dedicatedIps.recommend', path: '/dedicated-ips/recommend', json: [{ qps: 200 }] },
    { id: 'dedicatedIps.apply', path: '/dedicated-ips', json: { count: 1, domains: [domain], force: true } },
    { id: 'dedicatedIps.list', path: `/dedicated-ips?domain=${domain}` },
    { id: 'dedicatedIps.status', path: '/dedicated-ips/status' },
    { id: 'dedicatedIps.unassign', path: '/dedicated-ips/unassign', json: { ip, domain } },
    { id: 'dedicatedIps.assign', path: '/dedicated-ips/assign', json: { ip, domain, force: true } },
    { id: 'dedicatedIps.setTags', path: `/dedicated-ips/${ip}/tags`, json: { team: 'shop' } },
    { id: 'dedicatedIps.bill', path: '/dedicated-ips/bill?month=2026-11&groupBy=tag:team' },
    { id: 'dedicatedIps.ledger', path: '/dedicated-ips/ledger' },
    { id: 'dedicatedIps.disable', path: `/dedicated-ips/${ip}` },
    { id: 'dedicatedIps.close', path: '/dedicated-ips/close' },
    { id: 'people.export', path: '/people/export', json: { address: 'ann@example.org' } },
    { id: 'people.erase', path: '/people/erase', json: { address: 'ann@example.org' } },
    { id: 'tasks.cycleOff', path: `/tasks/${recurring}/cycle-off` },
    { id: 'tasks.cancel', path: `/tasks/${task}/cancel` },
    { id: 'apiKeys.create', path: '/api-keys', json: { name: 'ci', role: 'sender' } },
    { id: 'apiKeys.list', path: '/api-keys' },
    { id: 'apiKeys.revoke', path: `/api-keys/${key}` },
    { id: 'audit.list', path: '/audit?verb=tasks.pause&from=2026-11-01' },
    { id: 'doctor', path: '/doctor' },
    { id: 'tick', path: '/tick', json: { maxMs: 10_000 } },
    { id: 'ingest.dsn', path: '/ingest/dsn?to=bounce@example.org', mail: 'Subject: none\r\n\r\nnothing\r\n' },
    { id: 'ingest.arf', path: '/ingest/arf', mail: 'Subject: none\r\n\r\nnothing\r\n' },
    { id: 'ingest.mail', path: '/ingest/mail', mail: 'Subject: none\r\n\r\nnothing\r\n' },
  ]
}

/** The request of a call, as `ask` takes it. */
export function asked({ id, json, csv, mail }: OperationCall, account = 'default') {
  const route = operations.get(id)
  const body = csv ?? mail
  return {
    as: `${account}/${route?.verb === 'operator' ? 'operator' : 'admin'}`,
    ...(route ? { method: route.method } : {}),
    ...(json === undefined ? {} : { json }),
    ...(body === undefined
      ? {}
      : { body, headers: { 'content-type': csv === undefined ? 'message/rfc822' : 'text/csv' } }),
  }
}
