import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isMailError, type MailError } from '../errors/mail-error.js'
import { parseInput } from './parse-input.js'

const schema = z.strictObject({
  subject: z.string().optional(),
  mode: z.enum(['fast', 'slow']).default('fast'),
  by: z.union([z.enum(['hour', 'day']), z.array(z.enum(['hour', 'day']))]).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  when: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('now') }),
      z.strictObject({ type: z.literal('later'), minutes: z.int().min(1) }),
    ])
    .optional(),
})

function refusal(input: unknown): MailError {
  try {
    parseInput(schema, input)
  } catch (error) {
    if (isMailError(error)) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('an input that is refused', () => {
  it.each([
    [{ subjcet: 'x' }, { field: 'subjcet', expected: 'no such field', nearest: 'subject' }],
    [{ mode: 'fsat' }, { field: 'mode', expected: 'one of fast, slow', nearest: 'fast' }],
    [{ by: 'huor' }, { field: 'by', expected: expect.stringContaining('one of hour, day'), nearest: 'hour' }],
    [{ by: ['dya'] }, { field: 'by.0', expected: 'one of hour, day', nearest: 'day' }],
    [{ when: { type: 'latr' } }, { field: 'when.type', expected: 'one of now, later', nearest: 'later' }],
    [{ when: { type: 'later', minutes: 0 } }, { field: 'when.minutes', expected: 'number to be >=1' }],
    [{ subject: 7 }, { field: 'subject', expected: 'string, received number' }],
    [null, { field: '', expected: 'object, received null' }],
  ])('ERR-3: %j is told its field, what is expected and the nearest', (input, problem) => {
    expect(refusal(input).details.problems).toEqual([problem])
  })

  it.each([
    [{ mode: 'fsat' }, '(mode: one of fast, slow, did you mean fast?)'],
    [{ when: { type: 'later', minutes: 0 } }, '(when.minutes: number to be >=1)'],
    [{ headers: { 'x-ann-at-office': 1 } }, '(headers.…: string, received number)'],
    [{ annofficeexample: 1 }, '(…: no such field)'],
    [{ mode: 'ann' }, '(mode: one of fast, slow)'],
  ])('ERR-2: the message of %j names the field, and nothing of the caller’s own', (input, note) => {
    expect(refusal(input).message).toBe(
      `The input is not valid. See details for the field and what is expected. ${note}`,
    )
  })

  it('ERR-3: of a union that a field decides, only names of the chosen kind are proposed', () => {
    const kinds = z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('once'), moment: z.string().optional() }),
      z.strictObject({ type: z.literal('often'), moments: z.string().optional() }),
    ])
    const nearest = (input: unknown) => {
      try {
        parseInput(kinds, input)
      } catch (error) {
        if (isMailError(error)) return error.details.problems
      }
      return null
    }
    const unknown = { field: 'moments', expected: 'no such field', nearest: 'moment' }
    expect(nearest({ type: 'once', moments: 'x' })).toEqual([unknown])
    expect(nearest({ type: 'often', moment: 'x' })).toEqual([{ ...unknown, field: 'moment', nearest: 'moments' }])
  })
})
