import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MailError } from '../../errors/mail-error.js'
import { handlebarsAgrees } from './confirm-scan.js'
import { literalTemplate, parseTemplate } from './index.js'
import { scanTemplate } from './scan-template.js'

const refusal = (source: string, what: 'html' | 'text' | 'subject' = 'text'): MailError => {
  try {
    parseTemplate(source, what)
  } catch (error) {
    if (error instanceof MailError) return error
    throw error
  }
  throw new Error(`accepted: ${source}`)
}
const contextsOf = (html: string) => parseTemplate(html, 'html').slots.map(({ context }) => context)

describe('variables', () => {
  it('TPL-2: reads names of Unicode letters, digits, _ - . and keeps them in order of first use', () => {
    const source = 'Hi {{name}}, {{ user.name }} {{姓名}} {{a-b_1}} {{name}} {{Name}} {{\telsewhere\n}} {{1a}}'
    const { variables, literals, slots } = parseTemplate(source, 'text')
    expect(variables).toEqual(['name', 'user.name', '姓名', 'a-b_1', 'Name', 'elsewhere', '1a'])
    expect(literals).toHaveLength(slots.length + 1)
    expect(literals[0]).toBe('Hi ')
  })

  it('TPL-2: takes a name of 64 characters and refuses one of 65', () => {
    const astral = '𝒜'.repeat(64)
    expect(parseTemplate(`{{${'n'.repeat(64)}}}{{${astral}}}`, 'text').variables).toEqual(['n'.repeat(64), astral])
    expect(refusal(`{{${'n'.repeat(65)}}}`).details).toMatchObject({ reason: 'too-long', line: 1, column: 1 })
    expect(refusal(`{{${astral}𝒜}}`).details).toMatchObject({ reason: 'too-long' })
  })

  it('TPL-2: reads \\{{ as literal braces, \\\\{{ as a backslash and a variable', () => {
    expect(parseTemplate('a \\{{name}} b', 'text')).toMatchObject({ literals: ['a {{name}} b'], variables: [] })
    expect(parseTemplate('a \\\\{{name}} b', 'text')).toMatchObject({ literals: ['a \\', ' b'], variables: ['name'] })
    expect(parseTemplate('} }} { {name} \\ {', 'text').variables).toEqual([])
  })

  it.each('__proto__ prototype constructor this else true false null undefined . ..'.split(' '))(
    'TPL-2: refuses the reserved name %s',
    (name) =>
      expect(refusal(`{{${name}}}`)).toMatchObject({ code: 'TEMPLATE_SYNTAX', details: { reason: 'reserved-name' } }),
  )

  it.each(['1', '42', '-3', '1.5', '-0.25'])('TPL-2: refuses the bare number %s', (name) => {
    expect(refusal(`{{${name}}}`).details).toMatchObject({ reason: 'number' })
  })

  it.each([
    ['{{{name}}}', 'triple-braces'],
    ['\\{{{name}}}', 'triple-braces'],
    ['{{name}}}', 'triple-braces'],
    ['{{#if a}}x{{/if}}', 'block'],
    ['{{/if}}', 'block-end'],
    ['{{^a}}', 'inverse-block'],
    ['{{> part}}', 'partial'],
    ['{{! note }}', 'comment'],
    ['{{&name}}', 'unescaped'],
    ['{{~name~}}', 'whitespace-control'],
    ['{{* deco}}', 'decorator'],
    ['{{@root}}', 'data-variable'],
    ['{{[a b]}}', 'segment-literal'],
    ['{{"a"}}', 'string'],
    ['{{(a)}}', 'sub-expression'],
    ['{{helper arg}}', 'helper-or-arguments'],
    ['{{a/b}}', 'character'],
    ['{{a=b}}', 'character'],
    ['{{😀}}', 'character'],
    ['{{}}', 'empty'],
    ['{{  }}', 'empty'],
    ['{{name', 'unclosed'],
    ['a\0b', 'nul'],
  ])('TPL-2: refuses %j of Handlebars with line and column', (text, reason) => {
    const error = refusal(`one\r\ntwo ${text}`)
    expect(error.code).toBe('TEMPLATE_SYNTAX')
    expect(error.details).toMatchObject({ reason, line: 2 })
    expect(error.details.column).toBeGreaterThan(4)
  })

  it.each(['html', 'text', 'subject'] as const)(
    'TPL-2: names the source whose line and column it tells: %s',
    (what) => {
      const error = refusal('Hello {{#name}}', what)
      expect(error.details).toMatchObject({ field: what, line: 1, column: 7 })
      expect(error.message).toContain(`(${what}, line 1, column 7)`)
    },
  )

  it('TPL-2: sees what the parser of Handlebars sees, in any mixture of braces and backslashes', () => {
    const pieces = fc.constantFrom(
      '{{a}}',
      '{{ b.c }}',
      '\\',
      '{',
      '}',
      '{{',
      '}}',
      'x',
      '\n',
      ' ',
      '{{else}}',
      '{{#a}}',
      '{{a b}}',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const source = parts.join('')
        try {
          expect(handlebarsAgrees(source, scanTemplate(source))).toBe(true)
        } catch (error) {
          expect(error).toMatchObject({ code: 'TEMPLATE_SYNTAX' })
        }
      }),
      { numRuns: 1_500 },
    )
  })

  it('TPL-2: asks the parser of Handlebars and takes its objection', () => {
    expect(handlebarsAgrees('{{#if a}}x{{/if}}', { literals: ['{{#if a}}x{{/if}}'], tags: [] })).toBe(false)
    expect(handlebarsAgrees('a {{b}}', { literals: ['a {{b}}'], tags: [] })).toBe(false)
  })

  it('TRG-4: counts {{unsubscribe_url}} not as a variable, and refuses it in a subject', () => {
    const parsed = parseTemplate('{{a}} {{unsubscribe_url}}', 'text')
    expect(parsed.variables).toEqual(['a'])
    expect(parsed.slots[1]).toMatchObject({ kind: 'unsubscribe-url', name: 'unsubscribe_url' })
    expect(refusal('x {{unsubscribe_url}}', 'subject').details).toMatchObject({ reason: 'reserved-name', column: 3 })
  })

  it('TRG-1: never reads direct content for variables', () => {
    expect(literalTemplate('{{a}} {{#b}} \\{{', 'html')).toMatchObject({ literals: ['{{a}} {{#b}} \\{{'], slots: [] })
    expect(() => literalTemplate('a\0')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
  })
})

describe('places in HTML', () => {
  it('TPL-3: knows text, quoted attributes, whole URLs and parts of URLs', () => {
    expect(contextsOf('<p title="a {{t}}" class=\'{{c}}\'>{{x}}</p>')).toEqual(['attribute', 'attribute', 'text'])
    expect(contextsOf('<a href="{{u}}">x</a><img src=" {{u}}">')).toEqual(['url', 'url'])
    expect(contextsOf('<a href="https://shop.example/{{p}}?q={{q}}#{{f}}">')).toEqual([
      'url-part',
      'url-part',
      'url-part',
    ])
    expect(contextsOf('<a href="{{base}}/x?u={{id}}">')).toEqual(['url', 'url-part'])
    expect(contextsOf('<a href="mailto:{{m}}">a</a><a href="/r/{{p}}">b</a><a href="?q={{q}}">c</a>')).toEqual(
      Array(3).fill('url-part'),
    )
    expect(contextsOf('<!-- note --><style>p{color:red}</style><p>{{x}}</p>')).toEqual(['text'])
    expect(contextsOf('<!--[if mso]><i><![endif]--><!--[if !mso]><!--><b>{{x}}</b><!--<![endif]-->')).toEqual(['text'])
  })

  it.each([
    ['<p title={{x}}>', 'unquoted-attribute'],
    ['<p title=a{{x}}b>', 'unquoted-attribute'],
    ['<p style="color:{{x}}">', 'style-attribute'],
    ['<style>p{color:{{x}} }</style>', 'style'],
    ['<script>var a="{{x}}"</script>', 'script'],
    ['<p onclick="f(\'{{x}}\')">', 'event-attribute'],
    ['<a ONMOUSEOVER="{{x}}">', 'event-attribute'],
    ['<!-- {{x}} -->', 'comment'],
    ['<!--{{x}}', 'comment'],
    ['<{{x}}>', 'tag-name'],
    ['<b{{x}}>', 'tag-name'],
    ['</{{x}}>', 'tag-name'],
    ['<s{{x}}', 'unfinished-markup'],
    ['<!D{{x}}', 'tag-name'],
    ['<p {{x}}>', 'attribute-name'],
    ['<p {{x}}="a">', 'attribute-name'],
    ['<!DOCTYPE {{x}}>', 'declaration'],
    ['<?php {{x}} ?>', 'declaration'],
    ['<iframe srcdoc="{{x}}">', 'srcdoc-attribute'],
    ['<img srcset="{{x}} 2x">', 'srcset-attribute'],
    ['<title>{{x}}</title>', 'title'],
    ['<textarea>{{x}}</textarea>', 'textarea'],
    ['<script src="{{x}}"></script>', 'script-element'],
    ['<iframe src="{{x}}">', 'iframe-element'],
    ['<meta http-equiv="refresh" content="0;url={{x}}">', 'meta-element'],
    ['<base href="{{x}}">', 'base-element'],
    ['<link rel="stylesheet" href="{{x}}">', 'link-element'],
    ['<svg><animate attributeName="href" to="{{x}}"/></svg>', 'animate-element'],
    ['<a href="javascript:f({{x}})">', 'url-scheme'],
    ['<a href="java\tscript:{{x}}">', 'url-scheme'],
    ['<a href="&#106;avascript:{{x}}">', 'url-scheme'],
    ['<img src="data:image/png;base64,{{x}}">', 'url-scheme'],
    ['<a href="java{{x}}:alert(1)">', 'url-beginning'],
    ['<a href="{{x}}', 'unfinished-markup'],
    ['<p title="{{x}}"', 'unfinished-markup'],
  ])('TPL-3: refuses at save a variable in %s', (html, place) => {
    expect(refusal(`<p>\n${html}`, 'html')).toMatchObject({
      code: 'TEMPLATE_UNSAFE_SLOT',
      details: { line: 2, variable: 'x', place },
    })
  })

  it.each([
    '<!-- --!><script> -->{{x}}</script>',
    '<script/>{{x}}</script>',
    '<style></style/><div title="</style>{{x}}">',
    '<script><!--<script></script>{{x}}--></script>',
    '<svg><style><a title="</style>{{x}}">',
    '<![CDATA[><script>]]>{{x}}',
    '</div title=">{{x}}">',
    '<noscript><p title="</noscript>{{x}}">',
    '<iframe><div title="</iframe><script>{{x}}</script>">',
    '<select><style><p title="</style>{{x}}">',
    '<tmp>{{x}}',
  ])('TPL-3: trusts no place behind markup that browsers read otherwise: %s', (html) => {
    expect(refusal(html, 'html').code).toBe('TEMPLATE_UNSAFE_SLOT')
  })
})

describe('hostile templates (T3)', () => {
  const mebi = (unit: string) => unit.repeat(Math.floor(1_048_576 / unit.length))

  it.each(['{{#each a}}', '{{#if a}}', '{{{', '{{', '{{a}}', '\\{{', '{{a', '\\'])(
    'TPL-2: answers 1 MiB of %j at once',
    (unit) => {
      const outcome = (() => {
        try {
          return parseTemplate(mebi(unit), 'text').slots.length
        } catch (error) {
          return error
        }
      })()
      expect(outcome === 0 || (outcome instanceof MailError && outcome.code === 'TEMPLATE_SYNTAX')).toBe(true)
    },
  )

  it.each(['<', '<a ', '<a b="', '&', '<!--', '<![CDATA[', '</a ', '<svg><style>', '<a href="{{x}}">'])(
    'TPL-3: answers 1 MiB of %j at once',
    (unit) => {
      const outcome = (() => {
        try {
          return parseTemplate(mebi(unit), 'html').slots.length
        } catch (error) {
          return error
        }
      })()
      expect(outcome === 0 || outcome instanceof MailError).toBe(true)
    },
  )
})
