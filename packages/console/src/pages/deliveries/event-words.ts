import type { TimelineEntry } from '@mailwright/core'
import { texts } from '../../language/texts.js'

/** What the API says in codes, in words. */
export const eventWords = {
  kinds: texts(
    {
      accepted: 'Accepted: stored here',
      deferred: 'Put off by the receiver; it is tried again',
      delivered: 'Delivered',
      bounced: 'Bounced',
      dropped: 'Not sent, for a reason of ours',
      failed: 'Given up',
      cancelled: 'Cancelled',
      expired: 'Given up: out of time',
      unknown: 'The connection broke after the last byte; it may have arrived',
      requeued: 'Failed before; taken up again',
      open: 'Opened by a person',
      'machine-open': 'Opened by a program',
      click: 'A person clicked a link',
      'machine-click': 'A program clicked a link',
      unsubscribe: 'Unsubscribed',
      resubscribe: 'Subscribed again',
      complaint: 'Reported as spam',
    },
    {
      accepted: '已接受并存储',
      deferred: '被对方延迟，稍后重试',
      delivered: '已送达',
      bounced: '退信',
      dropped: '因本系统规则未发送',
      failed: '已放弃',
      cancelled: '已取消',
      expired: '超时放弃',
      unknown: '最后一个字节之后连接中断，可能已送达',
      requeued: '此前失败，已重新排队',
      open: '被人打开',
      'machine-open': '被程序打开',
      click: '有人点击了链接',
      'machine-click': '程序点击了链接',
      unsubscribe: '已退订',
      resubscribe: '重新订阅',
      complaint: '被举报为垃圾邮件',
    },
  ),
  reasons: texts(
    {
      'no-such-user': 'The address does not exist',
      'no-such-domain': 'The domain does not exist',
      disabled: 'The mailbox is disabled',
      inactive: 'The mailbox is no longer used',
      'mailbox-full': 'The mailbox is full',
      'message-too-large': 'The mail is too large',
      'blocked-sender': 'The recipient blocks the sender',
      'spam-content': 'Taken for spam',
      policy: 'A policy of the receiver',
      authentication: 'SPF, DKIM or DMARC did not pass',
      'rate-limited': 'Too much mail at once',
      'too-many-recipients': 'Too many recipients at once',
      greylisted: 'Greylisted: come back later',
      'relay-denied': 'The server does not take mail for this address',
      protocol: 'The servers did not understand each other',
      network: 'No connection',
      other: 'Another reason; see the reply',
      complained: 'Reported as spam',
      unsubscribed: 'Unsubscribed',
    },
    {
      'no-such-user': '地址不存在',
      'no-such-domain': '域名不存在',
      disabled: '邮箱已停用',
      inactive: '邮箱长期未使用',
      'mailbox-full': '邮箱已满',
      'message-too-large': '邮件过大',
      'blocked-sender': '收件人屏蔽了发件人',
      'spam-content': '被判为垃圾邮件',
      policy: '对方的策略限制',
      authentication: 'SPF、DKIM 或 DMARC 未通过',
      'rate-limited': '发送过快',
      'too-many-recipients': '一次收件人过多',
      greylisted: '灰名单：稍后重试',
      'relay-denied': '该服务器不接收此地址的邮件',
      protocol: '服务器之间通信异常',
      network: '无法连接',
      other: '其他原因，请见应答原文',
      complained: '已举报垃圾邮件',
      unsubscribed: '已退订',
    },
  ),
  machines: texts(
    {
      'head-request': 'only looked whether it is there',
      prefetch: 'fetched ahead',
      'no-user-agent': 'does not say what it is',
      'privacy-proxy': 'a privacy proxy',
      'image-proxy': 'an image proxy',
      scanner: 'a scanner',
      program: 'no mail program or browser',
      'before-delivery': 'before the mail was delivered',
      'too-soon': 'too soon after delivery',
      'several-links-at-once': 'several links at once',
    },
    {
      'head-request': '仅探测是否存在',
      prefetch: '预先读取',
      'no-user-agent': '未表明身份',
      'privacy-proxy': '隐私代理',
      'image-proxy': '图片代理',
      scanner: '扫描程序',
      program: '不是邮件客户端或浏览器',
      'before-delivery': '早于邮件送达',
      'too-soon': '送达后过快',
      'several-links-at-once': '同时访问多个链接',
    },
  ),
  ways: texts(
    { page: 'On the unsubscribe page', 'one-click': 'By the button of the mail program' },
    { page: '通过退订页面', 'one-click': '通过邮件客户端的退订按钮' },
  ),
} as const

/** In words where there are some; else as it came, such as the name of a provider or a code of ours. */
export const inWords = (words: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(words, code) ? (words[code] ?? code) : code

export interface ToldEntry {
  readonly reply: string | null
  /** The rest by name, as text, without what has no value and without the verdict, which the kind says. */
  readonly facts: readonly (readonly [name: string, value: string])[]
}

/** What is told of a step: the raw reply apart, word for word. */
export function told({ detail }: Pick<TimelineEntry, 'detail'>): ToldEntry {
  const { reply, verdict: _, ...rest } = detail
  const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
  return {
    reply: typeof reply === 'string' && reply !== '' ? reply : null,
    facts: Object.entries(rest)
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([name, value]) => [name, text(value)] as const),
  }
}
