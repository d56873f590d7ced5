export { checkVariables } from './check-variables.js'
export { escapeFor } from './escape.js'
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
export { BATCH_SUBJECT_MAX, checkSubject, SUBJECT_MAX, winningSubject } from './subject.js'
export { parseValues, VALUES_MAX, type Values, valueFault, valuesFrom, valuesSize } from './values.js'
export { VARIABLE_NAME_MAX, type VariableNameFault, variableNameFault } from './variable-name.js'
