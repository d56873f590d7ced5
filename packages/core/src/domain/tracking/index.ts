export {
  CLICK_PATH,
  type Dress,
  dressHtml,
  dressText,
  hasUnsubscribeLink,
  linkList,
  OPEN_PATH,
  type Tracking,
} from './dress-mail.js'
export {
  type Switches,
  switchAccount,
  switchDomains,
  switchesOf,
  TRACKING_OFF,
  type TrackingSettings,
} from './switches.js'
export { UNSUBSCRIBE_LANGUAGES, type UnsubscribeLanguage, unsubscribeTexts } from './unsubscribe-texts.js'
export {
  type MachineReason,
  requestVerdict,
  USER_AGENT_MAX,
  type Verdict,
  type Visit,
  type VisitedMail,
  visitVerdict,
} from './visit-verdict.js'
export { BURST_MS } from './visitor-agents.js'
