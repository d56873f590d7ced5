import type { Dns, DnsAnswer, MxRecord } from '@mailwright/core'

/** The records of one name. A record type left out is absent. */
export interface FixedRecords {
  readonly txt?: readonly string[]
  readonly mx?: readonly MxRecord[]
  readonly address?: readonly string[]
  readonly cname?: string
}

export interface FixedDns extends Dns {
  /** Replaces all records of a name, and ends a failure. */
  set(name: string, records: FixedRecords): void
  /** From now on no resolver answers for this name. */
  fail(name: string, cause?: string): void
  /** The name does not exist any more. */
  remove(name: string): void
}

/** Longest chain of CNAMEs that is followed, as real resolvers do. */
const CNAME_CHAIN_MAX = 8

type Entry = { readonly records: FixedRecords } | { readonly cause: string }

const fold = (name: string): string => name.toLowerCase().replace(/\.$/, '')

const listed = <T>(records: readonly T[] | undefined): DnsAnswer<T> =>
  records && records.length > 0 ? { type: 'found', records } : { type: 'absent' }

/** DNS from a zone held in this process: for tests, and for hosts without a resolver. */
export function fixedDns(zone: Readonly<Record<string, FixedRecords>> = {}): FixedDns {
  const entries = new Map<string, Entry>(Object.entries(zone).map(([name, records]) => [fold(name), { records }]))

  function ask<T>(name: string, pick: (records: FixedRecords) => readonly T[] | undefined): DnsAnswer<T> {
    let asked = fold(name)
    for (let links = 0; links <= CNAME_CHAIN_MAX; links++) {
      const entry = entries.get(asked)
      if (!entry) return { type: 'absent' }
      if ('cause' in entry) return { type: 'unreachable', cause: entry.cause }
      const records = pick(entry.records)
      if (records || entry.records.cname === undefined) return listed(records)
      asked = fold(entry.records.cname)
    }
    return { type: 'unreachable', cause: 'ECNAMELOOP' }
  }

  return {
    mx: async (name) => ask(name, (records) => records.mx),
    txt: async (name) => ask(name, (records) => records.txt),
    address: async (name) => ask(name, (records) => records.address),
    cname: async (name) => ask(name, ({ cname }) => (cname === undefined ? [] : [cname])),
    set(name, records) {
      entries.set(fold(name), { records })
    },
    fail(name, cause = 'ESERVFAIL') {
      entries.set(fold(name), { cause })
    },
    remove(name) {
      entries.delete(fold(name))
    },
  }
}
