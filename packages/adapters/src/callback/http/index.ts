/** The client core uses by default, here for hosts that want to give it a resolver, authorities, or their own network. */
export { type HttpCallbackClientOptions, httpCallbackClient } from '@mailwright/core'
