export { createTemplate } from './create-template.js'
export { decideTemplate } from './decide-template.js'
export { deleteTemplate } from './delete-template.js'
export { previewOf } from './preview-template.js'
export {
  type CreateTemplateInput,
  createTemplateSchema,
  type DecideTemplateInput,
  decideTemplateSchema,
  type ListTemplatesInput,
  listTemplatesSchema,
  type PreviewTemplateInput,
  previewSchema,
  type UpdateTemplateInput,
  updateTemplateSchema,
} from './template-inputs.js'
export { newestVersion, type TemplateDetail, type TemplateView, templateDetail, templateView } from './template-view.js'
export { updateTemplate } from './update-template.js'
