export { checkVariables } from './check-variables.js'
export { escapeFor } from './escape.js'
export { htmlToText } from './html-to-text.js'
export { CLIP_SIZE, htmlWarnings, type TemplateWarning, TRACKED_LINK_MAX } from './html-warnings.js'
export { parseTemplate } from './parse-template.js'
export {
  literalTemplate,
  type ParsedTemplate,
  type Slot,
  type SlotContext,
  type TemplateKind,
  UNSUBSCRIBE_URL,
  variablesOf,
} from './parsed-template.js'
export { type Preview, type PreviewInput, previewTemplate } from './preview.js'
export { type RenderInput, renderTemplate, slotText } from './render-parts.js'
export { BATCH_SUBJECT_MAX, checkSubject, SUBJECT_MAX, winningSubject } from './subject.js'
export {
  TEMPLATE_MAX,
  TEMPLATE_NAME_MAX,
  type TemplateContent,
  type TemplateInput,
  templateBody,
  templateInput,
  templateName,
} from './template-input.js'
export { parseValues, VALUES_MAX, type Values, valueFault, valuesFrom, valuesSize } from './values.js'
export { VARIABLE_NAME_MAX, type VariableNameFault, variableNameFault } from './variable-name.js'
