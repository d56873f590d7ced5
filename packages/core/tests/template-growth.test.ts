import { describe, expect, it } from 'vitest'
import { compileMail } from '../src/compose/index.js'
import { previewTemplate } from '../src/domain/template/index.js'
import { isMailError } from '../src/errors/mail-error.js'

/** What takes the square of so many octets takes more than a minute, which is what a test may take. */
const OCTETS = 400_000

/** What readers of markup, references, slots, links and lines stumble over. */
const units = [
  'x&amp;',
  '&#x41;',
  '<',
  '</a',
  '<!--',
  '<a ',
  'a=b ',
  '<a href="',
  '<p>x',
  '<td>',
  '{{',
  '{{a}}',
  '{{#if a}}',
  "'",
  ' ',
  '\n',
  'é',
]

const readOrRefused = (read: () => unknown): boolean => {
  try {
    return read() !== undefined
  } catch (error) {
    if (isMailError(error)) return true
    throw error
  }
}

describe('a large template', () => {
  it.each<[string, (unit: string) => string]>([
    ['markup', (filling) => filling],
    ['an attribute', (filling) => `<a title="${filling}">x</a>`],
    ['a link', (filling) => `<a href="https://x.example/${filling}">x</a>`],
    ['a tag', (filling) => `<a ${filling}>x</a>`],
  ])('T19: is read, shown and compiled in time that grows with its length, whatever %s repeats', (_, html) => {
    for (const unit of units) {
      const source = html(unit.repeat(OCTETS / unit.length))
      expect([unit, readOrRefused(() => previewTemplate({ subject: null, html: source }))]).toEqual([unit, true])
      const mail = { subject: 'x', html: source, from: { name: null, address: 'a@b.example' } }
      expect([unit, readOrRefused(() => compileMail(mail))]).toEqual([unit, true])
    }
  })
})
