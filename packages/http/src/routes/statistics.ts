import {
  sendingSchema,
  setAccountTrackingSchema,
  setDomainTrackingSchema,
  statisticsCsvSchema,
  trackingSchema,
  trackingSettingsSchema,
} from '@mailwright/core'
import { csv, json } from '../operation.js'
import { sendingStatistics, trackingSettings, trackingStatistics } from '../schemas/statistics.js'

export const statisticsRoutes = [
  json('GET', '/statistics/sending', {
    verb: 'statistics.sending',
    summary: 'What became of the mail sent in a range',
    query: sendingSchema,
    answer: sendingStatistics,
    call: ({ statistics }, { query }) => statistics.sending(query),
  }),
  json('GET', '/statistics/tracking', {
    verb: 'statistics.tracking',
    summary: 'What recipients did with the mail sent in a range',
    query: trackingSchema,
    answer: trackingStatistics,
    call: ({ statistics }, { query }) => statistics.tracking(query),
  }),
  csv('/statistics/export.csv', {
    verb: 'statistics.exportCsv',
    summary: 'Either of them as a file',
    query: statisticsCsvSchema,
    file: 'statistics.csv',
    call: ({ statistics }, { query }) => statistics.exportCsv(query),
  }),
  json('GET', '/statistics/settings', {
    verb: 'statistics.settings.get',
    summary: 'Whether opens and clicks are tracked, for the account and each domain',
    query: trackingSettingsSchema,
    answer: trackingSettings,
    call: ({ statistics }, { query }) => statistics.settings.get(query),
  }),
  json('PUT', '/statistics/settings', {
    verb: 'statistics.settings.setAccount',
    summary: 'Switches tracking for the account and all its domains',
    body: setAccountTrackingSchema,
    answer: trackingSettings,
    call: ({ statistics }, { body }) => statistics.settings.setAccount(body),
  }),
  json('PUT', '/statistics/settings/domains', {
    verb: 'statistics.settings.setDomains',
    summary: 'Sets some domains apart',
    body: setDomainTrackingSchema,
    answer: trackingSettings,
    call: ({ statistics }, { body }) => statistics.settings.setDomains(body),
  }),
]
