import { describe, expect, it } from 'vitest'
import { lanes, recipientProvider } from './index.js'

describe('recipientProvider', () => {
  it.each([
    ['gmail.com', 'gmail'],
    ['googlemail.com', 'gmail'],
    ['hotmail.com', 'outlook'],
    ['hotmail.co.uk', 'outlook'],
    ['live.fr', 'outlook'],
    ['outlook.com.br', 'outlook'],
    ['yahoo.co.jp', 'yahoo'],
    ['ymail.com', 'yahoo'],
    ['icloud.com', 'icloud'],
    ['qq.com', 'qq'],
    ['foxmail.com', 'qq'],
    ['163.com', 'netease'],
    ['gmx.net', 'gmx'],
    ['web.de', 'gmx'],
    ['mail.ru', 'mailru'],
    ['yandex.kz', 'yandex'],
    ['shop.example', 'other'],
    ['yahoo.evil.com', 'other'],
    ['yahoo.example', 'other'],
    ['mail.yahoo.com', 'other'],
    ['yahoo', 'other'],
    ['notgmail.com', 'other'],
    ['constructor', 'other'],
  ])('TSK-12: mail to %s goes by the lane %s', (domain, lane) => {
    expect(recipientProvider(domain)).toBe(lane)
    expect(lanes).toContain(lane)
  })
})
