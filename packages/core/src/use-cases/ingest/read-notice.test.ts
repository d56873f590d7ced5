import { describe, expect, it } from 'vitest'
import { noticeFixtures } from '../../../tests/notice-fixtures.js'
import { classifyReply } from '../../domain/bounce/index.js'
import { type Notice, readNotice } from '../../domain/notice/index.js'
import { readMime } from './read-mime.js'

/** What a notice says, in the words of the fixtures. */
function said(notice: Notice) {
  if (notice.kind === 'complaint') return { is: 'complaint', recipient: notice.recipient }
  if (notice.kind !== 'report') return { is: notice.kind }
  const [first] = notice.reports
  const is = { failed: 'bounced', delayed: 'deferred', delivered: 'delivered', relayed: 'other', expanded: 'other' }
  const { kind: reason, hardness } = classifyReply(first?.reply ?? { code: 0, enhanced: null, text: '' })
  return { is: is[first?.action ?? 'failed'], recipient: first?.recipient, reason, hardness }
}

const read = async (raw: string): Promise<Notice> => {
  const mail = await readMime(Buffer.from(raw.replace(/\r?\n/g, '\r\n')))
  if (typeof mail === 'string') throw new Error(mail)
  return readNotice(mail)
}

describe('readNotice', () => {
  it.each(noticeFixtures.map((fixture, index) => ({ ...fixture, nth: `${index + 1} of ${noticeFixtures.length}` })))(
    'DLV-5: $nth: $source is $is',
    async ({ raw, source: _, nth: __, ...expected }) => {
      expect(said(await read(raw))).toMatchObject(expected)
    },
  )
})
