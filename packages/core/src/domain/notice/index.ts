export type { Field } from './fields.js'
export { addressesIn, bareAddress } from './found-address.js'
export type { Notice, NoticeMail, NoticePart, RecipientReport, ReportAction, ReturnedMail } from './notice.js'
export { readNotice } from './read-notice.js'
