/** The resolver core uses by default, here for hosts that want to give it servers or a timeout. */
export { type NodeDnsOptions, nodeDns } from '@mailwright/core'
