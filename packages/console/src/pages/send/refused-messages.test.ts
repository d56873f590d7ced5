import { expect, it } from 'vitest'
import { Problem } from '../../api/problem.js'
import { refusedMessages } from './refused-messages.js'

it('REG-2: gives each recipient the reason that stands at the same place', () => {
  const messages = [
    { role: 'to', refusal: { code: 'CUSTOM_BLOCKED', until: null } },
    { role: 'to', refusal: { code: 'FREQUENCY_LIMIT', until: 42 } },
  ]
  const error = new Problem('EVERYONE_REFUSED', 'no', 409, { messages })
  expect(refusedMessages(error, ['ann@example.org', 'bob@example.org'])).toEqual([
    { id: null, to: 'ann@example.org', role: 'to', state: 'refused', refusal: { code: 'CUSTOM_BLOCKED', until: null } },
    { id: null, to: 'bob@example.org', role: 'to', state: 'refused', refusal: { code: 'FREQUENCY_LIMIT', until: 42 } },
  ])
})

it('has nothing to say of another refusal', () => {
  expect(refusedMessages(new Problem('INPUT_INVALID', 'no', 400), ['ann@example.org'])).toEqual([])
  expect(
    refusedMessages(new Problem('X', 'no', 400, { messages: [null, {}] }), ['a@b.example', 'c@d.example']),
  ).toEqual([])
})
