import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { isMailError } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import {
  type ParsedTemplate,
  parseTemplate,
  renderTemplate,
  type TemplateKind,
} from '../../packages/core/src/domain/template/index.js'
import { aService, opened, SENDER, settle } from '../e2e/a-service.js'
import { hostileTemplates, PRODUCT } from './hostile-templates.js'

function parsed(source: string, what: TemplateKind): ParsedTemplate | null {
  try {
    return parseTemplate(source, what)
  } catch (error) {
    if (isMailError(error)) return null
    throw error
  }
}

/** The source with its plain variables filled in by hand; one backslash makes braces of them, of more one goes away, as in Handlebars. */
const byHand = (source: string): string =>
  source.replace(/(\\*)\{\{(?:(?<=(?:^|[^\\])\\\{\{)|\s*[\p{L}\p{Nd}_.-]+\s*\}\})/gu, (whole, slashes: string) =>
    slashes.length === 1 ? whole.slice(1) : `${slashes.slice(1)}VALUE`,
  )

describe('templates that would run', () => {
  it.each(['text', 'subject', 'html'] as const)(
    'TPL-2, T3: each of 558 is refused as %s, or is text and plain variables that nothing but a value fills',
    (what) => {
      expect(hostileTemplates).toHaveLength(558)
      const sources = hostileTemplates
      const taken = sources.flatMap((source) => parsed(source, what) ?? [])
      expect(taken.length).toBeGreaterThan(100)
      for (const source of sources) {
        const template = parsed(source, what)
        if (template === null) continue
        const values = new Map(template.variables.map((name) => [name, 'VALUE']))
        const text = renderTemplate(template, { values })
        expect(text).not.toContain(PRODUCT)
        expect(text).toBe(byHand(source))
        if (template.variables.length > 0)
          expect(() => renderTemplate(template, { values: new Map() })).toThrow(
            expect.objectContaining({ code: 'VARIABLES_MISMATCH' }),
          )
      }
    },
  )

  it('TPL-2, T3: none is stored half: the service refuses it, or gives back what was saved', async () => {
    const { mail } = await aService()
    let stored = 0
    for (const [index, text] of hostileTemplates.entries()) {
      const name = `t${index}`
      const refusal = await mail.templates.create({ name, subject: 'x', text }).then(
        () => null,
        (error) => error,
      )
      if (refusal === null) {
        stored += 1
        expect((await mail.templates.get(name)).text).toBe(text)
      } else {
        expect(refusal).toMatchObject({ code: 'TEMPLATE_SYNTAX' })
        await expect(mail.templates.get(name)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      }
    }
    expect(stored).toBeGreaterThan(100)
    expect(stored).toBeLessThan(hostileTemplates.length / 2)
  })

  it('TPL-3, T3: each of them as a value, and as direct content, arrives as the text it is', async () => {
    const service = await aService({ storage: memoryStorage(), policy: { startLevel: 20 } })
    const { mail, transport } = service
    await mail.templates.create({ name: 'note', subject: 'x', html: '<p title="{{v}}">{{v}}</p>', text: 'A {{v}} Z' })
    const sent = hostileTemplates.filter((value) => !value.includes('\0'))
    const at = (index: number) => `r${index}@office.example`
    for (const [index, v] of sent.entries()) {
      await mail.send({ from: SENDER, to: at(index), template: 'note', variables: { v } })
      await mail.send({ from: SENDER, to: `d${index}@office.example`, subject: 'x', text: `A ${v} Z` })
    }
    await settle(service)
    expect(transport.messages).toHaveLength(2 * sent.length)
    const texts = new Map<string, string | undefined>()
    for (const { content } of transport.messages) {
      const { to, text, html } = await opened(content)
      texts.set(to?.[0]?.address ?? '', text?.trimEnd())
      expect(`${html}${text}`).not.toContain(PRODUCT)
    }
    for (const [index, value] of sent.entries())
      expect([texts.get(at(index)), texts.get(`d${index}@office.example`)]).toEqual([`A ${value} Z`, `A ${value} Z`])
  })
})
