import { codes, type ErrorEntry, type ErrorKind } from '../packages/core/src/errors/codes.js'

const kinds: Readonly<Record<ErrorKind, string>> = {
  usage: 'The program uses the library wrongly. A programmer mends it; repeating the call does not help.',
  input: 'What the caller gave is not valid. Nothing was stored. `details` names the field, line or variable.',
  refused: 'A rule of the product says no. `details` says which limit, state or list, and when it changes.',
  conflict: 'Somebody else was first. Read again and decide.',
  adapter: 'Something the service depends on failed. `cause` holds the original error.',
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')

function section([kind, meaning]: readonly [string, string]): string {
  const rows = Object.entries<ErrorEntry>(codes)
    .filter(([, entry]) => entry.kind === kind)
    .map(([code, { message, original }]) => {
      return `| \`${code}\` | ${cell(message)} | ${original === undefined ? '' : `\`${original}\``} |`
    })
  const head = ['| Code | What it says | Code of the original service |', '| --- | --- | --- |']
  return [`## ${kind}`, '', meaning, '', ...head, ...rows, ''].join('\n')
}

/** The text of docs/errors.md, made from the code table. */
export function errorsDoc(): string {
  const intro = [
    '# Error codes',
    '',
    'Made from `packages/core/src/errors/codes.ts` by `npm run write:docs`; do not edit it by hand.',
    '',
    'Every mistake and refusal is a `MailError` with a `code` from this table; `isMailError(error, code)` tells them apart. Codes',
    'are stable, messages are not. A message never holds an address, content or a secret; what is specific stands in `details`.',
    'What a receiving server answers is not an error but a value: see the message’s state and its reply.',
    '',
  ]
  return [...intro, ...Object.entries(kinds).map(section)].join('\n')
}
