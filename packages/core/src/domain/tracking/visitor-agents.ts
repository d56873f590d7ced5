/**
 * What is known of user agents that fetch pixels and follow links, as data. State of 2026-11-23; sources: the agents' own documentation and
 * what senders observe in logs. Texts are in lower case and are looked for anywhere in the agent, cut to 400 characters; no pattern can be slow (T19).
 */

/** Proxies of webmail that fetch when the reader looks, and now and then as soon as the mail has come. */
export const readingProxies: readonly string[] = [
  // Gmail: (via ggpht.com GoogleImageProxy)
  'googleimageproxy',
  'yahoomailproxy',
  // Outlook.com
  'edgeimageproxy',
]

/** Agents that are exactly this: Apple Mail Privacy Protection says no more, and fetches all images of all mail. */
export const privacyProxies: readonly string[] = ['mozilla/5.0']

/** Scanners, link checkers and previews that say what they are. */
export const machineWords: readonly string[] = [
  'gmail-content-sampling',
  'existence discovery',
  'protocol discovery',
  'safelinks',
  'barracuda',
  'proofpoint',
  'mimecast',
  'ciscosecure',
  'ironport',
  'trendmicro',
  'tmes',
  'symantec',
  'forcepoint',
  'fireeye',
  'sophos',
  'fortinet',
  'f-secure',
  'virustotal',
  'netcraft',
  'phish',
  'bot',
  'crawl',
  'spider',
  'slurp',
  'scan',
  'preview',
  'prerender',
  'monitor',
  'uptime',
  'pingdom',
  'check',
  'valid',
  'fetch',
  'archiv',
  'headless',
  'inspect',
  'ptst/',
  'library',
  'openvas',
  'phantomjs',
  'lighthouse',
  'pagespeed',
  'selenium',
  'puppeteer',
  'playwright',
  'favicon',
  'verif',
  'audit',
  'scrap',
  'grab',
  'synthetic',
  'httrack',
  'google-',
  '-agent',
  'agent)',
  'facebookexternalhit',
  'whatsapp',
  'embedly',
  'python',
  'curl',
  'wget',
  'feed',
  // A person's agent gives no address to complain to.
  'http:',
  'https:',
  'www.',
  '.com',
  '.io',
  '@',
]

/** Words that hold one of the above and are a person's device or program all the same. */
export const harmlessWords: readonly string[] = ['cubot']

/** How agents of people begin: browsers, and mail programs that name themselves otherwise. What begins in another way is a program. */
export const readerBeginnings: readonly string[] = [
  'mozilla/',
  'opera/',
  'outlook',
  'microsoft outlook',
  'microsoft office',
  'macoutlook',
  'dalvik/',
  'okhttp/',
  'mail/',
  'mobilemail',
  'apple',
  'iphone',
  'ipad',
  'yahoomobilemail',
  'thunderbird',
  'postbox',
  'spark/',
  'airmail',
  'superhuman',
  'mailbird',
  'emclient',
  'em client',
  'the bat',
  'eudora',
  'lotus',
  'notes',
  'ibm',
  'blackberry',
  'k-9',
  'fairemail',
  'samsung',
  'protonmail',
  'tutanota',
  'roundcube',
  'evolution',
  'kmail',
  'claws',
  'zimbra',
  'incredimail',
  'nokia',
  'android',
]

/** Seconds, for people are slower: a scanner clicks before the mail is shown to anybody. */
export const CLICK_SOONEST_MS = 2_000
/** A reading proxy that comes so soon fetched in advance. */
export const PROXY_SOONEST_MS = 10_000
/** Two different links of one mail within so long were followed by a machine (T13). */
export const BURST_MS = 1_000
