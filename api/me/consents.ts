import * as t from 'io-ts'
import { chooseConsent, consentsOf } from '../../application/consents/consents.ts'
import { text, time } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { status } from '../refusals.ts'

const Texts = t.record(t.string, t.string)

const ListedConsent = strictObject({
  purpose: t.string,
  version: t.string,
  title: Texts,
  text: Texts,
  given: t.boolean,
  givenVersion: t.union([t.string, t.null]),
  at: t.union([time, t.null]),
})

export const Consents = strictObject({ consents: t.array(ListedConsent) })

export const ConsentChoice = strictObject({ given: t.boolean, version: text(1, 64) })

export function listConsentsRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/me/consents',
    tag: 'Privacy',
    summary: 'List what one may consent to, and what one consented to',
    description:
      '`title` and `text` by language (BCP 47). `givenVersion` may be older than `version`: then the current text was not consented to. `at`: when it was given or withdrawn last.',
    guards: context.guards.session,
    responses: { 200: Consents },
    problems: ['STORE_UNAVAILABLE'],
  })((_, request) =>
    context.answer(consentsOf(context)(sessionOf(request).accountId), (consents) => ({ status: 200, body: { consents } }) as const),
  )
}

export function changeConsentRoute(context: Context) {
  return defineRoute({
    method: 'PUT',
    url: '/me/consents/:purpose',
    tag: 'Privacy',
    summary: 'Give or withdraw a consent',
    description: '`version`: of the text that was shown. If there is a newer one, nothing changes.',
    params: strictObject({ purpose: text(1, 64) }),
    body: ConsentChoice,
    guards: context.guards.session,
    responses: { 204: null },
    problems: ['NOT_FOUND', 'STALE_VERSION', 'STORE_UNAVAILABLE'],
  })(({ params: { purpose }, body }, request) => {
    const choice = { accountId: sessionOf(request).accountId, purpose, ...body }
    return context.answer(chooseConsent(context)(choice, context.callerOf(request)), status(204))
  })
}
