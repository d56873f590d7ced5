import {
  attemptsSchema,
  enableCallbackSchema,
  listCallbacksSchema,
  replaySchema,
  resolveCallbackSchema,
  rotateSecretSchema,
  setAccountCallbackSchema,
  setSenderCallbackSchema,
} from '@mailwright/core'
import { json } from '../operation.js'
import { attemptView, callbackView, callbackWithSecret, replayed } from '../schemas/callbacks.js'
import { pageOf } from '../schemas/common.js'

export const callbackRoutes = [
  json('GET', '/callbacks', {
    verb: 'callbacks.list',
    summary: 'Lists callback endpoints, oldest first',
    query: listCallbacksSchema,
    answer: pageOf(callbackView),
    call: ({ callbacks }, { query }) => callbacks.list(query),
  }),
  json('PUT', '/callbacks/account', {
    verb: 'callbacks.setAccount',
    summary: 'Sets the account’s endpoint, if it answers a ping',
    body: setAccountCallbackSchema,
    answer: callbackWithSecret,
    call: ({ callbacks }, { body }) => callbacks.setAccount(body),
  }),
  json('PUT', '/callbacks/sender', {
    verb: 'callbacks.setSender',
    summary: 'Sets the endpoint of one sender, whose events then go to it only',
    body: setSenderCallbackSchema,
    answer: callbackWithSecret,
    call: ({ callbacks }, { body }) => callbacks.setSender(body),
  }),
  json('GET', '/callbacks/resolve', {
    verb: 'callbacks.resolve',
    summary: 'Whom an event of a sender would be told now',
    query: resolveCallbackSchema,
    answer: callbackView.nullable(),
    call: ({ callbacks }, { query }) => callbacks.resolve(query),
  }),
  json('GET', '/callbacks/attempts', {
    verb: 'callbacks.attempts',
    summary: 'Lists what was posted, or with state=parked what is no longer tried',
    query: attemptsSchema,
    answer: pageOf(attemptView),
    call: ({ callbacks }, { query }) => callbacks.attempts(query),
  }),
  json('POST', '/callbacks/replay', {
    verb: 'callbacks.replay',
    summary: 'Tries parked events again',
    body: replaySchema,
    answer: replayed,
    call: ({ callbacks }, { body }) => callbacks.replay(body),
  }),
  json('POST', '/callbacks/rotate-secret', {
    verb: 'callbacks.rotateSecret',
    summary: 'Makes a new secret; the former one signs beside it for a while',
    body: rotateSecretSchema,
    answer: callbackWithSecret,
    call: ({ callbacks }, { body }) => callbacks.rotateSecret(body),
  }),
  json('POST', '/callbacks/enable', {
    verb: 'callbacks.enable',
    summary: 'Takes up an endpoint that said it was gone, if it answers',
    body: enableCallbackSchema,
    answer: callbackView,
    call: ({ callbacks }, { body }) => callbacks.enable(body),
  }),
  json('DELETE', '/callbacks/:id', {
    verb: 'callbacks.delete',
    summary: 'Removes an endpoint',
    answer: null,
    call: ({ callbacks }, { params }) => callbacks.delete(params.id),
  }),
]
