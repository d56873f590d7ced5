/**
 * Notices as servers and people send them, written down from knowledge of the servers before the reader was looked at or changed.
 * `reports` holds for each recipient: the action, its address, and whether it is to be blocked (BLK-1).
 */
export interface UnseenNotice {
  readonly server: string
  readonly raw: string
  readonly kind: 'report' | 'complaint' | 'auto-reply' | 'unrelated'
  readonly reports?: readonly (readonly [action: string, recipient: string | null, invalid: boolean | 'either'])[]
}

export const RETURN_PATH = 'b+token@bounce.shop.example'

/** A report with a machine-readable part (RFC 3464). */
export function dsn(from: string, subject: string, words: string, fields: string, returned = ''): string {
  const third = returned === '' ? '' : `--=_b\nContent-Type: text/rfc822-headers\n\n${returned}\n`
  return `From: ${from}
To: <${RETURN_PATH}>
Subject: ${subject}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

--=_b
Content-Type: text/plain; charset=utf-8

${words}
--=_b
Content-Type: message/delivery-status

${fields}
${third}--=_b--
`
}

/** A mail of words only. */
export function plain(headers: string, words: string): string {
  return `${headers}\nTo: <${RETURN_PATH}>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n${words}\n`
}
