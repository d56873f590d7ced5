/** Base64 in lines of 76 characters (RFC 2045 §6.8), each but the last ended by CRLF. */
export function base64Lines(content: string | Uint8Array): string {
  const bytes =
    typeof content === 'string'
      ? Buffer.from(content, 'utf8')
      : Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  return wrapBase64(bytes.toString('base64'))
}

export function wrapBase64(encoded: string): string {
  if (encoded.length <= 76) return encoded
  let lines = encoded.slice(0, 76)
  for (let at = 76; at < encoded.length; at += 76) lines += `\r\n${encoded.slice(at, at + 76)}`
  return lines
}
