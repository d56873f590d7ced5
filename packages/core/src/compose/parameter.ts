/** RFC 2231 §3 and §4: one parameter, in numbered pieces where it is long. */
export function parameter(name: string, value: string): string {
  if (/^[\w.-]{1,50}$/.test(value)) return `; ${name}=${value}`
  if (/^[ -~]{1,50}$/.test(value)) return `;\r\n ${name}="${value.replace(/["\\]/g, '\\$&')}"`
  const pieces: string[] = ['']
  for (const char of value) {
    const token = encodeURIComponent(char).replace(
      /[!'()*]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    )
    const last = pieces.length - 1
    if ((pieces[last] ?? '').length + token.length > 50) pieces.push(token)
    else pieces[last] += token
  }
  if (pieces.length === 1) return `;\r\n ${name}*=utf-8''${pieces[0]}`
  return pieces.map((piece, index) => `;\r\n ${name}*${index}*=${index === 0 ? "utf-8''" : ''}${piece}`).join('')
}
