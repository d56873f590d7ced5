import { describe, expect, it } from 'vitest'
import { classifyReply, parseReply } from '../../src/domain/bounce/index.js'
import { type Notice, readNotice } from '../../src/domain/notice/index.js'
import { readMime } from '../../src/use-cases/ingest/read-mime.js'
import { unseenNotices } from './unseen-notices.js'
import { laterReplies, type UnseenReply, unseenReplies } from './unseen-replies.js'

/** Read as `other`: said in words that servers use for several reasons. A better rule takes them off the list. */
const unreadKinds: readonly string[] = ['Exim', 'Haraka', 'qmail, netqmail']

describe('replies that no rule was written for', () => {
  const replies = [...unseenReplies, ...laterReplies]

  it.each(replies)('BLK-1, DLV-5: $server: $line', ({ server, line, kinds, invalid }: UnseenReply) => {
    const found = classifyReply(parseReply(line))
    if (invalid !== 'either') expect(found.invalid).toBe(invalid)
    const read = unreadKinds.includes(server) ? ['other'] : kinds
    expect(read).toContain(found.kind)
  })
})

const reportsOf = (notice: Notice) =>
  notice.kind !== 'report'
    ? []
    : notice.reports.map(({ action, recipient, reply }) => ({
        action,
        recipient,
        invalid: action === 'failed' && classifyReply(reply).invalid,
      }))

describe('notices that the reader was not written for', () => {
  it.each(unseenNotices)('DLV-5: $server', async ({ raw, kind, reports = [] }) => {
    const mail = await readMime(Buffer.from(raw.replace(/\r?\n/g, '\r\n')))
    if (typeof mail === 'string') throw new Error(mail)
    const notice = readNotice(mail)
    expect(notice.kind).toBe(kind)
    const expected = reports.map(([action, recipient, invalid]) => ({
      action,
      recipient,
      invalid: invalid === 'either' ? expect.any(Boolean) : invalid,
    }))
    expect(reportsOf(notice)).toEqual(expected)
  })
})
