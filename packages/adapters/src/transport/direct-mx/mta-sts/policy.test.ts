import { describe, expect, it } from 'vitest'
import { matchesMx, parsePolicy, policyId } from './policy.js'

const lines = (...list: readonly string[]) => `${list.join('\r\n')}\r\n`
const enforce = [
  'version: STSv1',
  'mode: enforce',
  'mx: mail.office.example',
  'mx: *.backup.example',
  'max_age: 604800',
]

describe('the file of an MTA-STS policy (RFC 8461)', () => {
  it('is read with either line end, and unknown fields passed over', () => {
    const policy = { mode: 'enforce', mx: ['mail.office.example', '*.backup.example'], maxAgeSeconds: 604_800 }
    expect(parsePolicy(lines(...enforce))).toEqual(policy)
    expect(parsePolicy([...enforce, 'new_field: x:y', ''].join('\n'))).toEqual(policy)
  })

  it.each([
    ['no version', enforce.slice(1)],
    ['another version', ['version: STSv2', ...enforce.slice(1)]],
    ['no mode', [enforce[0], ...enforce.slice(2)]],
    ['an unknown mode', ['version: STSv1', 'mode: strict', 'mx: a.example', 'max_age: 1']],
    ['no mx', ['version: STSv1', 'mode: enforce', 'max_age: 1']],
    ['no max_age', enforce.slice(0, 4)],
    ['a negative max_age', [...enforce.slice(0, 4), 'max_age: -1']],
    ['an mx that is no name', [...enforce, 'mx: a b']],
    ['an mx with an asterisk inside', [...enforce, 'mx: a.*.example']],
    ['a line that is no field', [...enforce, '<html>']],
    ['a thousand mx', [...enforce, ...Array<string>(1_000).fill('mx: a.example')]],
    ['nothing', []],
  ])('is none with %s', (_, given) => {
    expect(parsePolicy(lines(...given.filter((line) => line !== undefined)))).toBeNull()
  })

  it('needs no mx for the mode none, and is never kept for more than a year', () => {
    const none = parsePolicy(lines('version: STSv1', 'mode: none', 'max_age: 9999999999'))
    expect(none).toEqual({ mode: 'none', mx: [], maxAgeSeconds: 31_557_600 })
  })

  it.each([
    ['mail.office.example', true],
    ['a.backup.example', true],
    ['backup.example', false],
    ['b.a.backup.example', false],
    ['evil-mail.office.example', false],
    ['office.example', false],
    ['abackup.example', false],
    ['example', false],
  ])('K10: the host %s matches: %s', (host, matches) => {
    const policy = parsePolicy(lines(...enforce))
    expect(policy !== null && matchesMx(policy, host)).toBe(matches)
  })
})

describe('the announcement of a policy', () => {
  it.each([
    [['v=STSv1; id=20160831085700Z;'], '20160831085700Z'],
    [['v=STSv1;id=1'], '1'],
    [['v=STSv1; id=1; x=y'], '1'],
    [['other', 'v=STSv1; id=2;'], '2'],
    [['v=STSv1; id=1;', 'v=STSv1; id=2;'], null],
    [['v=STSv1; id=;'], null],
    [['v=STSv1; id=a b;'], null],
    [['v=STSv1;'], null],
    [['V=stsv1; id=1'], null],
    [['v=STSv10; id=1'], null],
    [[], null],
  ])('%j names %s', (records, id) => {
    expect(policyId(records)).toBe(id)
  })
})
