import { describe, expect, it } from 'vitest'
import { mxGroup } from './mx-group.js'

describe('the group of an MX host', () => {
  it.each([
    ['aspmx.l.google.com', 'google.com'],
    ['alt1.aspmx.l.google.com', 'google.com'],
    ['aspmx2.googlemail.com', 'google.com'],
    ['smtp.google.com', 'google.com'],
    ['shop-example.mail.protection.outlook.com', 'outlook.com'],
    ['shop-example.j-v1.mx.microsoft', 'outlook.com'],
    ['hotmail-com.olc.protection.outlook.com', 'outlook.com'],
    ['mta5.am0.yahoodns.net', 'yahoodns.net'],
    ['mx01.mail.icloud.com', 'icloud.com'],
    ['mxbiz1.qq.com', 'qq.com'],
    ['mx1.hc4711-12.eu.iphmx.com', 'iphmx.com'],
    ['mx0a-00112233.pphosted.com', 'pphosted.com'],
    ['mx1.mail.shop.example', 'shop.example'],
    ['mx.shop.co.uk', 'shop.co.uk'],
    ['google.com.evil.example', 'evil.example'],
    ['notgoogle.com', 'notgoogle.com'],
    ['localhost', 'localhost'],
  ])('TSK-12: %s belongs to %s', (host, group) => {
    expect(mxGroup(host)).toBe(group)
  })
})
