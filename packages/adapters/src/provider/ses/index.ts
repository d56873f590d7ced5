export type { ProviderEventSource, Verification } from '../reading/event-source.js'
export { type SesEventsOptions, sesEvents } from './ses-events.js'
export type { SnsFetch } from './sns-fetch.js'
