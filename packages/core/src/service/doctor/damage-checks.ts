import { parkedWork } from '../../use-cases/quarantine/parked-work.js'
import type { Check } from './finding.js'

/** Named one by one up to this number. */
const NAMED = 20

/** Work that throws or cannot be read, set aside so that it holds nothing else up. */
export const nothingParked: Check = async (ctx) => {
  const parked: { readonly work: string; readonly kind: string; readonly account: string; readonly why: string }[] = []
  let count = 0
  for await (const { account, data } of parkedWork(ctx)) {
    count += 1
    if (parked.length < NAMED) parked.push({ work: data.work, kind: data.kind, account, why: data.why })
  }
  if (count === 0) return []
  return [
    {
      level: 'error',
      code: 'WORK_PARKED',
      message: `${count} works could not be done and are set aside; each is tried again once a day.`,
      fix: 'Mend or restore the record that is named, or update the service, then call parked.release().',
      details: { count, parked },
    },
  ]
}

/** Rows that this process has met and could not read. */
export const everythingReadable: Check = ({ damaged }) => {
  const rows = damaged.all()
  if (rows.length === 0) return []
  return [
    {
      level: 'error',
      code: 'RECORD_UNREADABLE',
      message: `${rows.length} stored records cannot be read. They are left out; everything else goes on.`,
      fix: 'Restore the records in details from a backup, then restart, and call parked.release().',
      details: { count: rows.length, records: rows.slice(0, NAMED) },
    },
  ]
}
