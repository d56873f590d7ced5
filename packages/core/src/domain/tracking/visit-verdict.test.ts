import { describe, expect, it } from 'vitest'
import { Fact } from '../delivery/index.js'
import { requestVerdict, type Visit, visitVerdict } from './index.js'

const DELIVERED = 1_000_000
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36'
const GMAIL = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)'

const visit = (more: Partial<Visit> = {}): Visit => ({
  kind: 'open',
  at: DELIVERED + 60_000,
  userAgent: CHROME,
  method: 'GET',
  purpose: '',
  link: '',
  ...more,
})
const mail = { facts: Fact.accepted | Fact.delivered, lastAt: DELIVERED, clicks: [] }
const whyOf = (more: Partial<Visit>, known: Partial<Parameters<typeof visitVerdict>[1]> = {}) =>
  visitVerdict(visit(more), { ...mail, ...known }).why

describe('who opened or clicked', () => {
  it('TRK-3: a person, if nothing speaks against it', () => {
    expect(visitVerdict(visit(), mail)).toEqual({ by: 'human', why: null })
    expect(visitVerdict(visit({ kind: 'click', link: 'https://a.example/' }), mail)).toEqual({ by: 'human', why: null })
  })

  it.each([
    ['head-request', { method: 'head' }],
    ['prefetch', { purpose: 'prefetch;prerender' }],
    ['no-user-agent', { userAgent: ' ' }],
    ['privacy-proxy', { userAgent: 'Mozilla/5.0' }],
    ['scanner', { userAgent: 'Mozilla/5.0 (compatible; BarracudaCentral)' }],
    ['scanner', { userAgent: `${CHROME} Edge/12.246 Gmail-content-sampling` }],
    ['scanner', { userAgent: 'Microsoft Office Existence Discovery' }],
    ['scanner', { userAgent: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' }],
    ['program', { userAgent: 'Go-http-client/2.0' }],
    ['image-proxy', { kind: 'click', userAgent: GMAIL }],
  ] as const)('TRK-3: %s: %o', (why, more) => {
    expect(whyOf(more)).toBe(why)
  })

  it('TRK-3: nobody opens what is not delivered: a scanner looks while the mail is handed over', () => {
    expect(whyOf({}, { facts: Fact.accepted })).toBe('before-delivery')
    expect(whyOf({}, { facts: Fact.accepted | Fact.deferred })).toBe('before-delivery')
    expect(whyOf({ at: DELIVERED })).toBe('before-delivery')
    expect(whyOf({}, { facts: Fact.accepted | Fact.unknown })).toBe(null)
  })

  it('TRK-3, T13: a click within two seconds of delivery is a machine, an open is not', () => {
    const click = { kind: 'click', link: 'x' } as const
    expect(whyOf({ ...click, at: DELIVERED + 1_999 })).toBe('too-soon')
    expect(whyOf({ ...click, at: DELIVERED + 2_000 })).toBe(null)
    expect(whyOf({ at: DELIVERED + 1 })).toBe(null)
  })

  it('TRK-3: an image proxy fetches when its reader looks, but not within ten seconds of delivery', () => {
    expect(whyOf({ userAgent: GMAIL, at: DELIVERED + 9_999 })).toBe('too-soon')
    expect(whyOf({ userAgent: GMAIL, at: DELIVERED + 10_000 })).toBe(null)
  })

  it('TRK-3: two links within a second are a machine, whichever came first; one link twice is an impatient person', () => {
    const at = DELIVERED + 60_000
    const click = { kind: 'click', link: 'https://a.example/1', at } as const
    const other = (by: number, link: string) => ({ clicks: [{ at: at + by, link }] })
    expect(whyOf(click, other(1_000, 'https://a.example/2'))).toBe('several-links-at-once')
    expect(whyOf(click, other(-1_000, 'https://a.example/2'))).toBe('several-links-at-once')
    expect(whyOf(click, other(1_001, 'https://a.example/2'))).toBe(null)
    expect(whyOf(click, other(300, 'https://a.example/1'))).toBe(null)
  })

  // What mail programs and browsers of people send, as seen in logs.
  it.each([
    CHROME,
    GMAIL,
    `${CHROME} Edg/131.0.0.0`,
    `${CHROME} OPR/115.0.0.0`,
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/120.0.6099.119 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Linux; Android 9; CUBOT_X18_Plus) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0',
    'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0',
    'Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Thunderbird/102.10.0',
    'Mozilla/5.0 (Windows NT 10.0; WOW64; rv:52.0) Gecko/20100101 Thunderbird/52.9.1 Lightning/5.4.9.1',
    'Mozilla/5.0 (Windows NT 6.1; WOW64; rv:52.0) Gecko/20100101 PostboxApp/5.0.20',
    'Mozilla/4.0 (compatible; ms-office; MSOffice 16)',
    'Mozilla/4.0 (compatible; ms-office; MSOffice rmj)',
    'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; .NET4.0C; .NET4.0E; Microsoft Outlook 16.0.5056; ms-office; MSOffice 16)',
    'Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)',
    'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)',
    'Microsoft Outlook 16.0.17328.20184',
    'MacOutlook/16.80.23121017 (Intelx64 Mac OS X Version 14.2.1)',
    'Outlook-iOS/723.4027091.prod.iphone (4.28.0)',
    'Outlook-Android/2.0',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Safari/537.36 Edg/119.0.0.0 OneOutlook/1.2023.1114.100',
    'Dalvik/2.1.0 (Linux; U; Android 13; Pixel 7 Build/TQ3A.230805.001)',
    'okhttp/4.12.0',
    'YahooMobileMail/1.0 (Android Mail; 6.25.1) (Pixel;Google;Pixel 7;13;1080x2205;)',
    'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0 EdgeImageProxy',
    'Mail/3774.400.31 CFNetwork/1494.0.7 Darwin/23.4.0',
    'MobileMail/3774.500.171 CFNetwork/1494.0.7 Darwin/23.4.0',
    'Spark/3.12.1 (iPhone; iOS 17.4)',
    'Airmail 5.6 rv:748 (Macintosh; Mac OS X 14.2; en_GB)',
    'eM Client/9.2.2157',
    'The Bat! (v9.3) Professional',
    'Lotus-Notes/6.0 (Windows-NT)',
    'K-9 Mail for Android',
    'FairEmail/1.2150',
    'BlackBerry9700/5.0.0.862 Profile/MIDP-2.1 Configuration/CLDC-1.1 VendorID/331',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Evolution/3.50.3',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) QtWebEngine/5.15.2 Chrome/87.0.4280.144 Safari/537.36 KMail/5.22',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Mailspring/1.13.3 Chrome/100.0.4896.160 Electron/18.3.15 Safari/537.36',
    'Mozilla/5.0 (Linux; Android 13; 22101316G Build/TP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/277.0.555192628 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0.4844.88 HuaweiBrowser/13.0.1.301 Mobile Safari/537.36',
    'Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.18',
    'Mozilla/5.0 (compatible; Konqueror/4.5; FreeBSD) KHTML/4.5.4 (like Gecko)',
  ])('TRK-3: a person reads with %s', (userAgent) => {
    expect(requestVerdict({ kind: 'open', userAgent, method: 'GET', purpose: '' }).by).toBe('human')
  })

  it('TRK-3: judges an agent of any length at once (T19)', () => {
    expect(
      requestVerdict({ kind: 'open', userAgent: 'Mozilla/5.0 ('.repeat(100_000), method: 'GET', purpose: '' }).by,
    ).toBe('human')
  })
})
