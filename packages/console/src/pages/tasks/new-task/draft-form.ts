import type { UseFormReturnType } from '@mantine/form'
import type { TaskDraft } from './task-draft.js'

export interface DraftForm {
  readonly form: UseFormReturnType<TaskDraft>
}
