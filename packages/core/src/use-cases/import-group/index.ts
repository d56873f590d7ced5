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
export { importCsv } from './import-csv.js'
export { type RecipientView, recipientPage } from './recipient-pages.js'
export type { CsvInput } from './utf8-pieces.js'
