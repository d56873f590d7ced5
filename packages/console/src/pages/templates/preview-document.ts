/** Nothing is fetched, nothing runs, and nobody is led away by a click. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"

/**
 * A mail's HTML as the document of a frame with `sandbox=""` (T18). The policy stands before everything else, so that nothing is loaded before it is
 * read. The doctype goes first, because a browser in quirks mode would show another mail; the mail's own, behind it, is passed over.
 */
export function previewDocument(html: string): string {
  return `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta charset="utf-8"><base target="_blank"><style>a,area{pointer-events:none}</style>${html}`
}
