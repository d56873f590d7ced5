import { registrableDomain } from '@mailwright/core'

/** Operators whose MX hosts lie under several domains. Data: the first domain of a row names the group. All others are grouped by their registrable domain. */
const operators: readonly (readonly [string, ...string[]])[] = [
  ['google.com', 'googlemail.com', 'smtp.goog'],
  ['outlook.com', 'hotmail.com', 'office365.us', 'mx.microsoft', 'outlook.cn', 'partner.outlook.cn'],
  ['yahoodns.net', 'yahoo.com', 'yahoo.co.jp', 'aol.com'],
  ['icloud.com', 'apple.com', 'me.com'],
  ['zoho.com', 'zoho.eu', 'zoho.in', 'zohomail.com', 'zoho.com.au', 'zoho.jp'],
  ['qq.com', 'exmail.qq.com', 'foxmail.com'],
  ['netease.com', '163.com', '126.com', 'yeah.net'],
  ['aliyun.com', 'mxhichina.com', 'alibaba-inc.com'],
  ['gmx.net', 'web.de', 'kundenserver.de', '1and1.com', 'ionos.com', 'perfora.net', 'mail.com'],
  ['yandex.net', 'yandex.ru'],
  ['messagingengine.com', 'fastmail.com'],
  ['pphosted.com', 'ppe-hosted.com', 'gpphosted.com'],
  ['mimecast.com', 'mimecast.co.za', 'mimecast-offshore.com'],
  ['protonmail.ch', 'proton.me', 'protonmail.com'],
]

const groupOfDomain = new Map(
  operators.flatMap(([name, ...more]) => [name, ...more].map((one) => [one, name] as const)),
)

/**
 * Who runs an MX host, as far as limits go: domains hosted by one operator share its connections and its rests (TSK-12). `host` in lower case.
 */
export const mxGroup = (host: string): string => {
  for (let name = host; name.includes('.'); name = name.slice(name.indexOf('.') + 1)) {
    const group = groupOfDomain.get(name)
    if (group !== undefined) return group
  }
  return registrableDomain(host) ?? host
}
