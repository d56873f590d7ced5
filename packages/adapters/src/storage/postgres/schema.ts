import { MailError } from '@mailwright/core'

/** The schema's name, quoted for SQL. @throws OPTIONS_INVALID for a name that Postgres would cut or not take. */
export const quotedSchema = (name: string): string => {
  const usable = name !== '' && Buffer.byteLength(name) <= 63 && !name.includes('\0') && !name.startsWith('pg_')
  if (!usable)
    throw new MailError('OPTIONS_INVALID', { field: 'schema', expected: '1 to 63 bytes, not beginning with pg_' })
  return `"${name.replaceAll('"', '""')}"`
}
