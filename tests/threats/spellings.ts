/** A secret in the forms in which programs write texts: whoever searches a dump for it has to look for each. */
export function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  // In the middle of something longer, base64 begins at any of three places; what its neighbours touch is cut off.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(shift === 0 ? 0 : 4)
      .replace(/=+$/, '')
      .slice(0, -1),
  )
  const escapes = (write: (octet: string) => string) => hex.replace(/../g, (octet) => write(octet))
  return [
    ...new Set([
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
      Buffer.from(bytes.toString('base64').replace(/=+$/, '')).toString('base64').replace(/=+$/, '').slice(0, -2),
      escapes((octet) => `%${octet}`),
      hex,
      hex.toUpperCase(),
      escapes((octet) => `${octet} `).trimEnd(),
      escapes((octet) => `%${octet.toUpperCase()}`),
      escapes((octet) => `=${octet.toUpperCase()}`),
      // Quoted-printable and its form in headers (RFC 2047) leave letters and digits as they are.
      ...[' ', '_', '=20'].map((space) =>
        encodeURIComponent(secret)
          .replaceAll('%20', space)
          .replace(/%(?=[0-9A-F]{2})/g, '='),
      ),
      escapes((octet) => `\\u00${octet}`),
      escapes((octet) => `\\x${octet}`),
      escapes((octet) => `&#${Number.parseInt(octet, 16)};`),
      bytes.join(','),
      Buffer.from(secret, 'utf16le').toString('latin1'),
      [...secret].reverse().join(''),
    ]),
  ]
}
