export { createGroup } from './create-group.js'
export { deleteGroup } from './delete-group.js'
export {
  type CreateGroupInput,
  createGroupSchema,
  type ImportOptions,
  importOptionsSchema,
  type ListGroupsInput,
  listGroupsSchema,
  type SampleCsvInput,
  sampleCsvSchema,
} from './group-input.js'
export { groupByNameOrId } from './group-lookup.js'
export { type GroupView, groupView } from './group-view.js'
export { hashedFile } from './hashed-file.js'
export { importCsv } from './import-csv.js'
export { readCsv } from './read-csv.js'
export { type RecipientView, recipientPage } from './recipient-pages.js'
export type { CsvRow } from './row-parser.js'
export { type CsvInput, textPieces } from './text-pieces.js'
