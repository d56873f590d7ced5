/** Of this machine, of private and of special networks. */
const addresses = [
  [127, 0, 0, 1],
  [127, 255, 255, 254],
  [0, 0, 0, 0],
  [10, 0, 0, 1],
  [10, 255, 255, 255],
  [172, 16, 0, 1],
  [172, 31, 255, 255],
  [192, 168, 0, 1],
  [169, 254, 169, 254],
  [100, 64, 0, 1],
  [192, 0, 2, 1],
  [198, 18, 0, 1],
  [224, 0, 0, 1],
  [255, 255, 255, 255],
] as const

type Octets = (typeof addresses)[number]
const number = ([a, b, c, d]: Octets): number => ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
const hex = (octets: Octets): string => number(octets).toString(16).padStart(8, '0')
const halves = (octets: Octets): string => hex(octets).replace(/(.{4})(.{4})/, '$1:$2')
const wide = (text: string): string =>
  text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))

/** Ways in which some parser of URLs writes an address. */
const writings: readonly ((octets: Octets) => string)[] = [
  (octets) => octets.join('.'),
  (octets) => `${octets.join('.')}.`,
  (octets) => String(number(octets)),
  (octets) => `0x${hex(octets)}`,
  (octets) => `0${number(octets).toString(8)}`,
  (octets) => octets.map((one) => `0x${one.toString(16)}`).join('.'),
  (octets) => octets.map((one) => `0${one.toString(8)}`).join('.'),
  ([a, b, c, d]) => `${a}.${b}.${c * 256 + d}`,
  ([a, b, c, d]) => `${a}.${b * 65_536 + c * 256 + d}`,
  ([a, b, c, d]) => `0x${a.toString(16)}.0${b.toString(8)}.${c * 256 + d}`,
  (octets) => wide(octets.join('.')),
  (octets) => octets.join('。'),
  (octets) => wide(octets.join('．')),
  (octets) => octets.join('%2e'),
  (octets) => `[::ffff:${octets.join('.')}]`,
  (octets) => `[::ffff:${halves(octets)}]`,
  (octets) => `[0:0:0:0:0:FFFF:${octets.join('.')}]`,
  (octets) => `[64:ff9b::${halves(octets)}]`,
  (octets) => `[2002:${halves(octets)}::]`,
  (octets) => `[::${octets.join('.')}]`,
  (octets) => `user@${octets.join('.')}`,
]

/** Over 300 hosts that no request may go to. */
export const privateHosts: readonly string[] = [
  ...new Set([
    ...addresses.flatMap((octets) => writings.map((write) => write(octets))),
    ...'127.1 0 [::1] [::] [fe80::1] [fc00::1] [fd00:ec2::254] [ff02::1] [fec0::1] [100::1] [2001:db8::1]'.split(' '),
    ...'192.0.0.1 198.51.100.1 203.0.113.1 240.0.0.1 100.127.255.255 ①②⑦.⓪.⓪.①'.split(' '),
    ...'localhost LOCALHOST localhost. a.localhost ｌｏｃａｌｈｏｓｔ loc%61lhost'.split(' '),
  ]),
]
