import { z } from 'zod'
import { json } from '../operation.js'
import { erasure, personExport } from '../schemas/people.js'
import { oneField, onlyField } from './only-field.js'

const person = oneField('address', z.string())

export const peopleRoutes = [
  json('POST', '/people/export', {
    verb: 'people.export',
    summary: 'Everything this account keeps of an address',
    body: person,
    answer: personExport,
    call: ({ people }, { body }) => people.export(onlyField(body, 'address')),
  }),
  json('POST', '/people/erase', {
    verb: 'people.erase',
    summary: 'Puts tombstones in the place of an address; counts and blocks stay',
    body: person,
    answer: erasure,
    call: ({ people }, { body }) => people.erase(onlyField(body, 'address')),
  }),
]
