export { type Access, type Role, type RoleVerb, roleAllows, type Verb, type VerbRule, verbs } from './verbs.js'
