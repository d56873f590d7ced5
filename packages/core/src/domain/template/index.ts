export { checkVariables } from './check-variables.js'
export { escapeFor } from './escape.js'
export { htmlToText } from './html-to-text.js'
export { CLIP_SIZE, htmlWarnings, type TemplateWarning } from './html-warnings.js'
export {
  type Link,
  linkOf,
  literalsOf,
  NO_TRACK_ATTRIBUTE,
  SEALED_TARGET_MAX,
  slotsOf,
  webTarget,
} from './link-target.js'
export { parseTemplate } from './parse-template.js'
export {
  type LinkSlot,
  literalTemplate,
  type MailTemplate,
  type ParsedTemplate,
  type Slot,
  type SlotContext,
  type TemplateKind,
  UNSUBSCRIBE_URL,
  variablesOf,
} from './parsed-template.js'
export { type Preview, type PreviewInput, previewTemplate } from './preview.js'
export { readHtml } from './read-html.js'
export { type MailLinks, type RenderInput, renderTemplate, slotText } from './render-parts.js'
export { newestApproved, type Review, type ReviewState } from './review.js'
export { type Splice, spliceTemplate } from './splice-template.js'
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
