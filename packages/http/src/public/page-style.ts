export interface Colours {
  readonly text: string
  readonly back: string
  /** Links, and the ground of the button. */
  readonly accent: string
  /** On the button. */
  readonly label: string
  readonly focus: string
}

/** What the reader's system asks for. Each pair that meets has at least the contrast of WCAG 2.2 AA. */
export const light: Colours = {
  text: '#1a1a1a',
  back: '#ffffff',
  accent: '#0b5394',
  label: '#ffffff',
  focus: '#b45309',
}
export const dark: Colours = {
  text: '#f0f0f0',
  back: '#16181c',
  accent: '#8ab4f8',
  label: '#16181c',
  focus: '#fbbf24',
}

const variables = ({ text, back, accent, label, focus }: Colours): string =>
  `:root{--t:${text};--b:${back};--a:${accent};--l:${label};--f:${focus}}`

export const PAGE_STYLE = [
  ':root{color-scheme:light dark}',
  variables(light),
  `@media(prefers-color-scheme:dark){${variables(dark)}}`,
  'body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:var(--t);background:var(--b);overflow-wrap:anywhere}',
  'button{font:inherit;min-height:2.75rem;padding:.5rem 1.25rem;border:0;border-radius:.3rem;color:var(--l);background:var(--a);cursor:pointer}',
  'a{color:var(--a);display:inline-block;padding:.35rem .5rem}',
  'a[aria-current]{color:var(--t);font-weight:700;text-decoration:none}',
  ':focus-visible{outline:3px solid var(--f);outline-offset:2px}',
  'nav{margin-top:3rem;font-size:1rem}',
].join('')
