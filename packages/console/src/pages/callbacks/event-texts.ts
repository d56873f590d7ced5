import type { AttemptView } from '@mailwright/core'
import { texts } from '../../language/texts.js'

/** In the order of their numbers in the original service. */
export const EVENTS = [
  'delivered',
  'dropped',
  'bounce',
  'open',
  'click',
  'spamreport',
  'unsubscribe',
  'deferred',
] as const satisfies readonly AttemptView['event'][]

/** What each event means. */
export const eventTexts = texts(
  {
    delivered: 'the recipient’s server took the mail',
    dropped: 'it was accepted from you, but is not sent, such as to a blocked address',
    bounce: 'the recipient’s server refused it',
    open: 'it was opened',
    click: 'a link in it was clicked',
    spamreport: 'the recipient reported it as spam',
    unsubscribe: 'the recipient unsubscribed',
    deferred: 'it is not there yet and tried again',
  },
  {
    delivered: '收件服务器已接收',
    dropped: '已受理但未发送，例如地址被屏蔽',
    bounce: '收件服务器拒收（退信）',
    open: '邮件被打开',
    click: '邮件中的链接被点击',
    spamreport: '收件人举报为垃圾邮件',
    unsubscribe: '收件人退订',
    deferred: '暂未送达，将重试',
  },
)
