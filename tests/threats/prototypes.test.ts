import { isMailError } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { routes } from '../../packages/http/src/routes/index.js'
import { aHandler } from '../../packages/http/tests/a-handler.js'
import { aService } from '../e2e/a-service.js'
import { APART, methodsOf, outcomeOf } from '../e2e/every-method.js'

const names = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf', '__defineGetter__']
const shapes: readonly ((name: string) => string)[] = [
  (name) => `{"${name}":{"polluted":true}}`,
  (name) => `{"${name}":{"prototype":{"polluted":true}}}`,
  (name) => `{"variables":{"${name}":"polluted"},"name":"${name}"}`,
  (name) => `{"tags":{"${name}":{"polluted":true}},"address":"${name}"}`,
  (name) => `{"items":[{"${name}":{"polluted":true}}],"headers":{"${name}":"polluted"}}`,
  (name) => `["${name}",{"${name}":["polluted"]}]`,
  (name) => `"${name}"`,
  (name) => `{"name":"x","html":"{{${name}}}","subject":"${name}","${name}.polluted":true,"${name}[polluted]":true}`,
]
/** 56, as JSON: only there is `__proto__` a name like any other. */
const payloads = names.flatMap((name) => shapes.map((shape) => shape(name)))

const prototypes = [Object, Array, Function, Map, Set, String, Promise].map(({ prototype }) => prototype)
/** Everything that all objects inherit. */
const inherited = () => prototypes.map((prototype) => ({ ...Object.getOwnPropertyDescriptors(prototype) }))

const sameAs = (before: ReturnType<typeof inherited>): boolean =>
  inherited().every((now, at) => {
    const then = before[at] ?? {}
    const keys = Reflect.ownKeys(now)
    return (
      keys.length === Reflect.ownKeys(then).length &&
      keys.every((key) => isSame(Reflect.get(now, key), Reflect.get(then, key)))
    )
  })

const isSame = (a: PropertyDescriptor, b?: PropertyDescriptor): boolean =>
  a.value === b?.value && a.get === b?.get && a.set === b?.set

const CALLERS = new Set(['input', 'refused', 'conflict'])

describe('names of prototypes', () => {
  it('T5, ERR-1: 56 payloads as every argument of every method change nothing that objects inherit', async () => {
    const before = inherited()
    const { mail } = await aService()
    const methods = [...methodsOf(mail.account('another')), ...methodsOf(mail).filter(([path]) => !APART.has(path))]
    expect(methods.length).toBeGreaterThan(120)
    const wrong: string[] = []
    for (const [path, method] of methods)
      for (const text of payloads)
        for (const given of [[JSON.parse(text)], ['x', JSON.parse(text)]]) {
          const error = await outcomeOf(method(...given))
          if (error !== null && !(isMailError(error) && CALLERS.has(error.kind)))
            wrong.push(`${path} ${text}: ${error}`)
        }
    expect(wrong).toEqual([])
    expect(sameAs(before)).toBe(true)
    expect(Object.keys({})).toEqual([])
    expect('polluted' in {}).toBe(false)
  })

  it('T5, GRP-3: as columns of a CSV they are refused or are columns like others', async () => {
    const before = inherited()
    const { mail } = await aService()
    for (const [index, name] of names.entries()) {
      await mail.groups.create({ name: `g${index}` })
      const error = await outcomeOf(mail.groups.importCsv(`g${index}`, `email,${name}\nann@readers.example,polluted\n`))
      if (error === null) {
        const [row] = (await mail.groups.recipients(`g${index}`)).items
        expect(Object.entries(row?.values ?? {})).toEqual([[name, 'polluted']])
      } else expect(error).toMatchObject({ code: 'CSV_HEADER_INVALID' })
    }
    expect(sameAs(before)).toBe(true)
  })

  it('T5, ACC-3: as JSON, as names in the path and in the query of every route over HTTP they are answered below 500', async () => {
    const before = inherited()
    const { ask, errors } = await aHandler()
    const wrong: string[] = []
    for (const { method, path } of routes)
      for (const [index, body] of payloads.entries()) {
        const name = names[index % names.length] ?? ''
        const filled = path.replaceAll(/:\w+/g, name)
        const response = await (method === 'POST'
          ? ask(filled, { method, body, headers: { 'content-type': 'application/json' } })
          : ask(`${filled}?${name}=polluted&${name}[polluted]=1&limit=${name}`, { method }))
        if (response.status >= 500) wrong.push(`${method} ${filled} ${body}: ${response.status}`)
        await response.text()
      }
    expect(wrong).toEqual([])
    expect(errors).toEqual([])
    expect(sameAs(before)).toBe(true)
  })
})
