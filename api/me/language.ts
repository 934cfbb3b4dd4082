import * as t from 'io-ts'
import { chooseLanguage, chosenLanguage } from '../../application/preferences/language.ts'
import { endedWithKey } from '../../application/sessions/ended-with-key.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { status } from '../refusals.ts'
import { Language } from '../shapes/language.ts'

const LanguageAnswer = strictObject({ language: t.union([Language, t.null]) })
const LanguageChoice = strictObject({ language: Language })

export function ownLanguageRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/me/language',
    tag: 'Privacy',
    summary: 'Get the language of the mails to you',
    description: 'It is taken from `Accept-Language` at registration. `null` if none was known: mails are in MAIL_LANGUAGE then.',
    guards: context.guards.session,
    responses: { 200: LanguageAnswer },
    problems: ['STORE_UNAVAILABLE'],
  })((_, request) =>
    context.answer(
      endedWithKey(chosenLanguage(context)(sessionOf(request).accountId)),
      (language) => ({ status: 200, body: { language } }) as const,
    ),
  )
}

export function chooseLanguageRoute(context: Context) {
  return defineRoute({
    method: 'PUT',
    url: '/me/language',
    tag: 'Privacy',
    summary: 'Choose the language of the mails to you',
    body: LanguageChoice,
    guards: context.guards.session,
    responses: { 204: null },
    problems: ['STORE_UNAVAILABLE'],
  })(({ body: { language } }, request) => {
    const { accountId } = sessionOf(request)
    const chosen = chooseLanguage(context)({ accountId, language, actor: accountId }, context.callerOf(request))
    return context.answer(endedWithKey(chosen), status(204))
  })
}
