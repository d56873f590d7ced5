import { createTemplateSchema, listTemplatesSchema, previewSchema, updateTemplateSchema } from '@mailwright/core'
import { json } from '../operation.js'
import { pageOf } from '../schemas/common.js'
import { preview, templateDetail, templateView } from '../schemas/templates.js'

export const templateRoutes = [
  json('POST', '/templates', {
    verb: 'templates.create',
    summary: 'Makes a template',
    body: createTemplateSchema,
    large: true,
    answer: templateView,
    makes: true,
    call: ({ templates }, { body }) => templates.create(body),
  }),
  json('GET', '/templates', {
    verb: 'templates.list',
    summary: 'Lists templates without their bodies, newest first',
    query: listTemplatesSchema,
    answer: pageOf(templateView),
    call: ({ templates }, { query }) => templates.list(query),
  }),
  json('POST', '/templates/preview', {
    verb: 'templates.preview',
    summary: 'Renders a stored template, or one that is not stored yet; sends nothing',
    body: previewSchema,
    large: true,
    answer: preview,
    call: ({ templates }, { body }) => templates.preview(body),
  }),
  json('GET', '/templates/:template', {
    verb: 'templates.get',
    summary: 'Shows a template by name or id, with the bodies of its newest version',
    answer: templateDetail,
    call: ({ templates }, { params }) => templates.get(params.template),
  }),
  json('PATCH', '/templates/:template', {
    verb: 'templates.update',
    summary: 'Makes a new version of what is given; what is left out stays',
    body: updateTemplateSchema,
    large: true,
    answer: templateView,
    call: ({ templates }, { params, body }) => templates.update(params.template, body),
  }),
  json('DELETE', '/templates/:template', {
    verb: 'templates.delete',
    summary: 'Deletes a template that no unfinished task uses',
    answer: null,
    call: ({ templates }, { params }) => templates.delete(params.template),
  }),
]
