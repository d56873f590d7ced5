import { createGroupSchema, importOptionsSchema, listGroupsSchema, pageSchema, sampleCsvSchema } from '@mailwright/core'
import { csv, json } from '../operation.js'
import { importReport, pageOf } from '../schemas/common.js'
import { groupView, recipientView } from '../schemas/groups.js'

export const groupRoutes = [
  json('POST', '/groups', {
    verb: 'groups.create',
    summary: 'Makes an empty recipient group',
    body: createGroupSchema,
    answer: groupView,
    makes: true,
    call: ({ groups }, { body }) => groups.create(body),
  }),
  json('GET', '/groups', {
    verb: 'groups.list',
    summary: 'Lists recipient groups, newest first',
    query: listGroupsSchema,
    answer: pageOf(groupView),
    call: ({ groups }, { query }) => groups.list(query),
  }),
  // Before `/groups/:group`: a group of this name is reached by its id.
  csv('/groups/sample.csv', {
    verb: 'groups.sampleCsv',
    summary: 'A file to start from, with the variables of a template',
    query: sampleCsvSchema,
    file: 'sample.csv',
    call: ({ groups }, { query }) => groups.sampleCsv(query),
  }),
  json('GET', '/groups/:group', {
    verb: 'groups.get',
    summary: 'Shows a group by name or id',
    answer: groupView,
    call: ({ groups }, { params }) => groups.get(params.group),
  }),
  json('DELETE', '/groups/:group', {
    verb: 'groups.delete',
    summary: 'Deletes a group that no unfinished task uses',
    answer: null,
    call: ({ groups }, { params }) => groups.delete(params.group),
  }),
  json('GET', '/groups/:group/recipients', {
    verb: 'groups.recipients',
    summary: 'Lists its recipients with their values',
    query: pageSchema,
    answer: pageOf(recipientView),
    call: ({ groups }, { params, query }) => groups.recipients(params.group, query),
  }),
  json('POST', '/groups/:group/import', {
    verb: 'groups.importCsv',
    summary: 'Imports recipients from a CSV file, all or nothing for its structure',
    body: 'csv',
    query: importOptionsSchema,
    answer: importReport,
    call: ({ groups }, { params, body, query }) => groups.importCsv(params.group, body, query),
  }),
]
