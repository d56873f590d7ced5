/** True if the text has an unpaired half of a surrogate pair, which has no UTF-8 form. */
export const hasLoneSurrogate = (text: string): boolean => /\p{Surrogate}/u.test(text)

/** Octets of the UTF-8 form, without making it. */
export function utf8Size(text: string): number {
  let octets = text.length
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    // A surrogate pair is two units and four octets.
    if (code >= 0x800) octets += code >= 0xd800 && code <= 0xdfff ? 1 : 2
    else if (code >= 0x80) octets += 1
  }
  return octets
}

/** Walks through a text once and says on which line an offset lies; offsets must not go down. Lines end with LF. */
export function lineCounter(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  let line = 1
  let lineStart = 0
  let nextEnd = text.indexOf('\n')
  return (offset) => {
    while (nextEnd >= 0 && nextEnd < offset) {
      line += 1
      lineStart = nextEnd + 1
      nextEnd = text.indexOf('\n', lineStart)
    }
    return { line, column: offset - lineStart + 1 }
  }
}
