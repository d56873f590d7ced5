import { MailError } from '../../errors/mail-error.js'

/** What a group and one import of it may hold (GRP-1, GRP-2, GRP-3, TPL-8). */
export interface GroupLimits {
  /** Characters. */
  readonly name: number
  readonly description: number
  readonly rowsPerFile: number
  readonly rowsPerGroup: number
  readonly fileBytes: number
  /** One row of the file, its line ends inside quotes included. */
  readonly rowBytes: number
  /** `email` and the variables. */
  readonly columns: number
  /** Values of one recipient as JSON. */
  readonly valueBytes: number
  /** Rows refused or skipped that the report lists one by one. */
  readonly reportedRows: number
}

export const GROUP_LIMITS: GroupLimits = {
  name: 100,
  description: 300,
  rowsPerFile: 10_000,
  rowsPerGroup: 50_000,
  fileBytes: 10 * 1024 * 1024,
  rowBytes: 64 * 1024,
  columns: 101,
  valueBytes: 800,
  reportedRows: 1_000,
}

/** Throws INPUT_INVALID unless the name has 1 to 100 characters and the description at most 300 (GRP-1). */
export function checkGroupText(
  group: { readonly name: string; readonly description: string },
  limits: Pick<GroupLimits, 'name' | 'description'> = GROUP_LIMITS,
): void {
  const name = [...group.name.trim()].length
  if (name < 1 || name > limits.name) {
    throw new MailError('INPUT_INVALID', { field: 'name', expected: `1 to ${limits.name} characters` })
  }
  if ([...group.description].length > limits.description) {
    throw new MailError('INPUT_INVALID', { field: 'description', expected: `at most ${limits.description} characters` })
  }
}

/** Throws CSV_TOO_MANY_ROWS if the group would hold more than it may; `present` is 0 when the import replaces it. */
export function checkGroupSize(
  present: number,
  added: number,
  limits: Pick<GroupLimits, 'rowsPerGroup'> = GROUP_LIMITS,
): void {
  if (present + added <= limits.rowsPerGroup) return
  throw new MailError('CSV_TOO_MANY_ROWS', {
    scope: 'group',
    limit: limits.rowsPerGroup,
    present,
    nearest: Math.max(0, limits.rowsPerGroup - present),
  })
}
