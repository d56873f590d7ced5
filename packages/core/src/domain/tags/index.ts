export {
  checkTags,
  matchesTag,
  mayAccess,
  TAG_LIMITS,
  type TagFilter,
  type TagLimits,
  type Tags,
  tagOf,
} from './tags.js'
