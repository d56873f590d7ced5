import {
  addCustomSchema,
  addressesSchema,
  blockSettingsSchema,
  importCustomSchema,
  importSuppressionsSchema,
  invalidListSchema,
  liftSchema,
  listCustomSchema,
  listLiftsSchema,
  listRejectsSchema,
  lookupSchema,
  mineSchema,
  modifyCustomSchema,
  whitelistSchema,
} from '@mailwright/core'
import { json } from '../operation.js'
import * as shapes from '../schemas/blocklist.js'
import { importReport, list, pageOf } from '../schemas/common.js'
import { oneField, onlyField } from './only-field.js'

/** Questions about people have bodies, so that addresses stand in no access log. */
export const blocklistRoutes = [
  json('POST', '/blocklist/lookup', {
    verb: 'blocklist.lookup',
    summary: 'Why addresses are, or are not, written to',
    body: oneField('addresses', lookupSchema),
    answer: pageOf(shapes.blockLookup),
    call: async ({ blocklist }, { body }) => {
      const addresses = onlyField(body, 'addresses')
      const items = await blocklist.lookup(typeof addresses === 'string' ? [addresses] : addresses)
      return { items, next: null }
    },
  }),
  json('GET', '/blocklist/invalid', {
    verb: 'blocklist.invalid.list',
    summary: 'Invalid addresses that this account has met or whitelisted',
    query: invalidListSchema,
    answer: pageOf(shapes.blockLookup),
    call: ({ blocklist }, { query }) => blocklist.invalid.list(query),
  }),
  json('GET', '/blocklist/invalid/mine', {
    verb: 'blocklist.invalid.mine',
    summary: 'What this account’s bounces have put on the list, ended rows too',
    query: mineSchema,
    answer: pageOf(shapes.triggeredView),
    call: ({ blocklist }, { query }) => blocklist.invalid.mine(query),
  }),
  json('POST', '/blocklist/invalid/whitelist', {
    verb: 'blocklist.invalid.whitelist',
    summary: 'Writes to addresses although they are on the invalid list, or no longer',
    body: whitelistSchema,
    large: true,
    answer: null,
    call: ({ blocklist }, { body }) => blocklist.invalid.whitelist(body),
  }),
  json('POST', '/blocklist/invalid/remove', {
    verb: 'blocklist.invalid.remove',
    summary: 'Removes this account’s own rows, and says what keeps an address on the list',
    body: oneField('addresses', addressesSchema),
    large: true,
    answer: list(shapes.removedInvalid),
    call: ({ blocklist }, { body }) => blocklist.invalid.remove(onlyField(body, 'addresses')),
  }),
  json('GET', '/blocklist/rejects', {
    verb: 'blocklist.rejects.list',
    summary: 'Who has unsubscribed from a sender domain, complained about it, or blocked it',
    query: listRejectsSchema,
    answer: pageOf(shapes.rejectedView),
    call: ({ blocklist }, { query }) => blocklist.rejects.list(query),
  }),
  json('POST', '/blocklist/rejects/lift', {
    verb: 'blocklist.rejects.lift',
    summary: 'Lets a domain write to an address again, for a reason that is kept',
    body: liftSchema,
    answer: null,
    call: ({ blocklist }, { body }) => blocklist.rejects.lift(body),
  }),
  json('GET', '/blocklist/rejects/lifted', {
    verb: 'blocklist.rejects.lifted',
    summary: 'What was lifted, and why; newest first',
    query: listLiftsSchema,
    answer: pageOf(shapes.liftedView),
    call: ({ blocklist }, { query }) => blocklist.rejects.lifted(query),
  }),
  json('GET', '/blocklist/settings', {
    verb: 'blocklist.settings.get',
    summary: 'Whether full mailboxes are blocked',
    answer: shapes.blockSettings,
    call: ({ blocklist }) => blocklist.settings.get(),
  }),
  json('PUT', '/blocklist/settings', {
    verb: 'blocklist.settings.set',
    summary: 'Says whether full mailboxes are blocked',
    body: blockSettingsSchema,
    answer: null,
    call: ({ blocklist }, { body }) => blocklist.settings.set(body),
  }),
  json('POST', '/blocklist/import-suppressions', {
    verb: 'blocklist.importSuppressions',
    summary: 'Takes over the suppression list of another service',
    body: 'csv',
    query: importSuppressionsSchema,
    answer: importReport,
    call: ({ blocklist }, { body, query }) => blocklist.importSuppressions(body, query),
  }),
  json('POST', '/blocklist/custom', {
    verb: 'blocklist.custom.add',
    summary: 'Blocks addresses or whole domains',
    body: addCustomSchema,
    large: true,
    answer: shapes.addedCustom,
    makes: true,
    call: ({ blocklist }, { body }) => blocklist.custom.add(body),
  }),
  json('GET', '/blocklist/custom', {
    verb: 'blocklist.custom.list',
    summary: 'What this account blocks, ended rows too',
    query: listCustomSchema,
    answer: pageOf(shapes.customView),
    call: ({ blocklist }, { query }) => blocklist.custom.list(query),
  }),
  json('POST', '/blocklist/custom/import', {
    verb: 'blocklist.custom.importCsv',
    summary: 'Blocks what a CSV file lists',
    body: 'csv',
    query: importCustomSchema,
    answer: importReport,
    call: ({ blocklist }, { body, query }) => blocklist.custom.importCsv(body, query),
  }),
  json('POST', '/blocklist/custom/modify', {
    verb: 'blocklist.custom.modify',
    summary: 'Changes times and reasons of rows; an end in the past lifts at once',
    body: modifyCustomSchema,
    large: true,
    answer: null,
    call: ({ blocklist }, { body }) => blocklist.custom.modify(body),
  }),
  json('POST', '/blocklist/custom/remove', {
    verb: 'blocklist.custom.remove',
    summary: 'Takes addresses or domains off',
    body: oneField('targets', addressesSchema),
    large: true,
    answer: shapes.removedCustom,
    call: ({ blocklist }, { body }) => blocklist.custom.remove(onlyField(body, 'targets')),
  }),
]
