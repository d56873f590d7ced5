import { MailError } from '../../errors/mail-error.js'
import type { StorageReads } from '../../ports/reads.js'
import type { StoredRecord } from '../../ports/rows.js'
import type { Storage } from '../../ports/storage.js'
import type { DamagedRows } from './damaged-rows.js'
import { recordDamage, workDamage } from './shapes.js'

/**
 * The storage as everything above it sees it: a record that cannot be read is DATA_CORRUPT for whoever asks for it by name, and is left out of lists, so
 * that it costs nobody else anything. Claimed work is passed on as it is: the worker sets aside what is damaged.
 */
export function readableStorage(storage: Storage, damaged: DamagedRows): Storage {
  const sound = (record: StoredRecord): boolean => {
    const why = recordDamage(record)
    if (why !== null) damaged.report({ kind: record.kind, account: record.account, id: record.id, why })
    return why === null
  }
  const soundOr = (record: StoredRecord | null): StoredRecord | null => {
    if (record && !sound(record)) throw new MailError('DATA_CORRUPT', { kind: record.kind, id: record.id })
    return record
  }
  const reads: Pick<StorageReads, 'record' | 'recordByKey' | 'records' | 'works'> = {
    record: async (question) => soundOr(await storage.read.record(question)),
    recordByKey: async (question) => soundOr(await storage.read.recordByKey(question)),
    async records(filter) {
      const page = await storage.read.records(filter)
      return { ...page, items: page.items.filter(sound) }
    },
    // How much is left of a run is counted in its work: leaving one out would end it too early.
    async works(question) {
      const works = await storage.read.works(question)
      const bad = works.find((work) => workDamage(work) !== null)
      if (bad) throw new MailError('DATA_CORRUPT', { kind: `work ${bad.kind}`, id: bad.id })
      return works
    },
  }
  const read = behind(() => storage.read, reads)
  return behind(() => storage, { read })
}

/** The object itself but for some of its properties, also where it is of a class with private state, or changed later on. */
function behind<T extends object>(object: () => T, own: Partial<T>): T {
  return new Proxy(object(), {
    get(_, name) {
      if (name in own) return Reflect.get(own, name)
      const target = object()
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
