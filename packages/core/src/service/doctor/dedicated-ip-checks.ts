import type { Storage } from '../../ports/storage.js'
import { each } from '../../use-cases/stored.js'
import type { Check } from './finding.js'

async function inUse(storage: Storage): Promise<boolean> {
  const { items } = await storage.read.records({ kind: 'dedicated-ip', states: ['active'], order: 'oldest', limit: 1 })
  return items.length > 0
}

/** Accounts pay for addresses that their mail does not leave from. */
export const ipsBound: Check = async ({ transport, inventory, storage }) => {
  if (inventory.entries.length === 0 || transport.capabilities.sourceAddress) return []
  if (!(await inUse(storage))) return []
  return [
    {
      level: 'error',
      code: 'IPS_NOT_BOUND',
      message: `Dedicated IPs are given out, but the transport ${transport.name} cannot send from them: all mail leaves from the shared pool.`,
      fix: 'Use a transport that declares sourceAddress, or leave dedicatedIps out and let the accounts give theirs back.',
    },
  ]
}

/** The rate of an address is that of all processes together (DIP-3); each would use the whole of it. */
export const rateShared: Check = async ({ limiter, inventory, storage }) => {
  if (inventory.entries.length === 0 || !limiter || limiter.capabilities.shared) return []
  if (!storage.capabilities.concurrentWriters || !(await inUse(storage))) return []
  return [
    {
      level: 'warning',
      code: 'LIMITER_NOT_SHARED',
      message: `The limiter ${limiter.name} counts for this process alone: if several processes send, each sends the whole rate of a dedicated IP.`,
      fix: 'Leave limiter out, then the storage counts for all processes; or give them one that they share.',
    },
  ]
}

/** An address in use has left the inventory. */
export const ipsInInventory: Check = async (ctx) => {
  const { inventory } = ctx
  if (inventory.entries.length === 0) return []
  const gone: string[] = []
  for await (const { data } of each(ctx, 'ip', { account: '', states: ['allocated'] }))
    if (!inventory.find(data.ip)) gone.push(data.ip)
  if (gone.length === 0) return []
  return [
    {
      level: 'warning',
      code: 'IPS_WITHDRAWN',
      message: `${gone.length} dedicated IPs are in use and no longer in the inventory: their mail leaves from the account's other IPs or the shared pool.`,
      fix: 'Put them back into dedicatedIps, or ask their accounts to give them back.',
      details: { ips: gone.slice(0, 20) },
    },
  ]
}
