import type { Instant } from '../../ports/clock.js'
import type { Stored } from '../stored.js'

export interface SenderView {
  readonly id: string
  readonly address: string
  readonly name: string | null
  /** Id of its domain. */
  readonly domain: string
  readonly createdAt: Instant
}

export function senderView({ id, createdAt, data }: Pick<Stored<'sender'>, 'id' | 'createdAt' | 'data'>): SenderView {
  const { address, name, domain } = data
  return { id, address, name, domain, createdAt }
}
