import type { Email } from 'postal-mime'

/** What the inbox shows of one mail. */
export interface DevMail {
  readonly subject: string
  readonly text: string | null
  /** Its inline images are in it, so that it needs nothing from elsewhere. */
  readonly html: string | null
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly bytes: number }[]
}

/** null: it cannot be taken apart, and its source says the rest. The parser is loaded by those who look, and only in development. */
async function parsed(content: Uint8Array): Promise<Email | null> {
  const { default: PostalMime } = await import('postal-mime')
  return PostalMime.parse(content, { attachmentEncoding: 'arraybuffer' }).catch(() => null)
}

export async function readDevMail(content: Uint8Array): Promise<DevMail | null> {
  const email = await parsed(content)
  return (
    email && {
      subject: email.subject ?? '',
      text: email.text ?? null,
      html: email.html === undefined ? null : withImages(email.html, email.attachments),
      attachments: email.attachments.map(({ filename, mimeType, content: bytes }) => ({
        name: filename ?? '',
        type: mimeType,
        bytes: bytesOf(bytes).byteLength,
      })),
    }
  )
}

/** Of a mail whose body may be long: the header alone is taken apart. */
export async function subjectOf(content: Uint8Array): Promise<string> {
  const end = Buffer.from(content.buffer, content.byteOffset, content.byteLength).indexOf('\r\n\r\n')
  return (await parsed(end < 0 ? content : content.subarray(0, end + 4)))?.subject ?? ''
}

const bytesOf = (content: Email['attachments'][number]['content']): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)

/** RFC 2392: `cid:` names a part of the same mail. */
function withImages(html: string, attachments: Email['attachments']): string {
  const images = new Map(
    attachments
      .filter(({ contentId, mimeType }) => contentId && /^image\/[\w.+-]+$/.test(mimeType))
      .map(({ contentId = '', mimeType, content }) => [
        contentId.replace(/^<|>$/g, ''),
        `data:${mimeType};base64,${Buffer.from(bytesOf(content)).toString('base64')}`,
      ]),
  )
  return html.replace(/\bcid:([^\s"'<>()]+)/g, (written, id: string) => images.get(id) ?? written)
}
