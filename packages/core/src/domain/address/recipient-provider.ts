/** Which mailbox provider takes the mail of a domain. Data: a new provider is a new row. */
const providers = {
  gmail: ['gmail.com', 'googlemail.com', 'google.com'],
  outlook: ['hotmail.*', 'outlook.*', 'live.*', 'msn.com', 'windowslive.com', 'passport.com'],
  yahoo: ['yahoo.*', 'ymail.com', 'rocketmail.com', 'myyahoo.com', 'aol.*', 'aim.com', 'verizon.net'],
  icloud: ['icloud.com', 'me.com', 'mac.com'],
  qq: ['qq.com', 'vip.qq.com', 'foxmail.com'],
  netease: ['163.com', 'vip.163.com', '126.com', 'vip.126.com', 'yeah.net', '188.com'],
  aliyun: ['aliyun.com', 'taobao.com'],
  sina: ['sina.com', 'sina.cn', 'vip.sina.com'],
  sohu: ['sohu.com', 'vip.sohu.com'],
  'china-mobile': ['139.com', '189.cn', 'wo.cn'],
  gmx: ['gmx.*', 'web.de', 'mail.com', '1und1.de'],
  't-online': ['t-online.de', 'magenta.de'],
  freenet: ['freenet.de'],
  mailru: ['mail.ru', 'bk.ru', 'list.ru', 'inbox.ru', 'internet.ru'],
  yandex: ['yandex.*', 'ya.ru', 'narod.ru'],
  orange: ['orange.fr', 'wanadoo.fr'],
  laposte: ['laposte.net'],
  free: ['free.fr'],
  libero: ['libero.it', 'virgilio.it', 'inwind.it', 'iol.it'],
  seznam: ['seznam.cz', 'email.cz', 'post.cz'],
  'wp-pl': ['wp.pl', 'o2.pl'],
  onet: ['onet.pl', 'onet.eu', 'op.pl', 'vp.pl'],
  comcast: ['comcast.net', 'xfinity.com'],
  att: ['att.net', 'sbcglobal.net', 'bellsouth.net'],
  proton: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'],
  zoho: ['zoho.com', 'zohomail.com', 'zoho.eu'],
  fastmail: ['fastmail.com', 'fastmail.fm'],
  naver: ['naver.com'],
  daum: ['daum.net', 'hanmail.net', 'kakao.com'],
  docomo: ['docomo.ne.jp'],
  au: ['ezweb.ne.jp', 'au.com'],
  softbank: ['softbank.ne.jp', 'i.softbank.jp'],
} as const satisfies Record<string, readonly string[]>

/** Recipients of one lane share a provider's limits: one that is slow or limited holds only its own lane. */
export type Lane = keyof typeof providers | 'other'

const byDomain = new Map<string, Lane>()
const byFirstLabel = new Map<string, Lane>()
for (const [lane, domains] of Object.entries(providers) as [Lane, readonly string[]][]) {
  for (const domain of domains) {
    if (domain.endsWith('.*')) byFirstLabel.set(domain.slice(0, -2), lane)
    else byDomain.set(domain, lane)
  }
}

export const lanes: readonly Lane[] = [...(Object.keys(providers) as Lane[]), 'other']

/** What follows a provider's name in its country domains: `com`, `fr`, `co.uk`, `com.br`. */
const countryEnding = /^(?:com|net|[a-z]{2}|(?:com?|ne)\.[a-z]{2})$/

/** The lane of a recipient domain (lower-case A-label); `other` if no row names it. */
export function recipientProvider(domain: string): Lane {
  const exact = byDomain.get(domain)
  if (exact) return exact
  const dot = domain.indexOf('.')
  const family = byFirstLabel.get(domain.slice(0, dot))
  return family && domain.length - dot <= 7 && countryEnding.test(domain.slice(dot + 1)) ? family : 'other'
}
