import { isSimulated } from '../../domain/delivery/index.js'
import { cellsOf, liveCellOf, minuteBucket } from '../../domain/statistics/index.js'
import type { Instant } from '../../ports/clock.js'
import type { CellKey } from '../../ports/rows.js'
import type { Outgoing } from './outgoing.js'

/** `bucket`: the quarter of an hour the mail was sent. `counted`: it reached a server, so that the level decision counts it today (TSK-11). */
interface CountedAt {
  readonly now: Instant
  readonly bucket: Instant
  readonly dayStart: Instant
  readonly counted: boolean
}

/**
 * Of the mails of one run or one send: by recipient domain, since nothing else tells their cells apart at one time, and under '' those they have in common.
 * They share their objects, so that an adapter can add them up by identity.
 */
export type CellMemo = Map<string, CountedAt & { readonly minute: Instant; readonly cells: readonly CellKey[] }>

/** A list may have as many domains as recipients. */
const DOMAINS_MAX = 1_000
const RUNS_MAX = 20

/** By run, so that chunks which are under way beside each other share theirs; a new one for mail of no run. */
export type CellMemos = (run: string) => CellMemo

export function createCellMemos(): CellMemos {
  const byRun = new Map<string, CellMemo>()
  return (run) => {
    const known = byRun.get(run)
    if (known !== undefined) return known
    const memo: CellMemo = new Map()
    if (byRun.size >= RUNS_MAX) byRun.clear()
    if (run !== '') byRun.set(run, memo)
    return memo
  }
}

/** Where a mail counts: both statistics cubes, the minute of the live series (DLV-1), its run, and the day of its domain. */
export function cellsFor(mail: Outgoing, at: CountedAt, memo: CellMemo): readonly CellKey[] {
  if (isSimulated(mail.recipientDomain)) return runCells(mail)
  return remembered(memo, mail.recipientDomain, at, () => {
    const [, recipient] = cellsOf(countedBy(mail, at))
    const common = remembered(memo, '', at, () => commonCells(mail, at))
    return [recipient, liveCellOf(countedBy(mail, at), at.now), ...common]
  })
}

function remembered(memo: CellMemo, name: string, at: CountedAt, make: () => readonly CellKey[]): readonly CellKey[] {
  const minute = minuteBucket(at.now)
  const known = memo.get(name)
  if (
    known?.minute === minute &&
    known.counted === at.counted &&
    known.bucket === at.bucket &&
    known.dayStart === at.dayStart
  )
    return known.cells
  if (memo.size >= DOMAINS_MAX) memo.clear()
  const cells = make()
  memo.set(name, { ...at, minute, cells })
  return cells
}

const countedBy = ({ message, domainName, recipientDomain }: Outgoing, at: CountedAt) => {
  const { account, template, task } = message
  return { account, at: at.bucket, senderDomain: domainName, recipientDomain, template, task }
}

function commonCells(mail: Outgoing, at: CountedAt): readonly CellKey[] {
  const [sender] = cellsOf(countedBy(mail, at))
  const { account, senderDomain: domain } = mail.message
  const day = {
    cube: 'day',
    account,
    bucket: at.dayStart,
    domain,
    recipientDomain: '',
    template: '',
    task: '',
  } as const
  return [sender, ...(at.counted ? [day] : []), ...runCells(mail)]
}

/** What the simulator answers is in no statistics (HOST-4), but its run counts it. */
const runCells = ({ message: { account }, run }: Outgoing): readonly CellKey[] =>
  run === '' ? [] : [{ cube: 'run', account, bucket: 0, domain: '', recipientDomain: '', template: '', task: run }]
