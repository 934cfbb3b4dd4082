import { expect, test } from 'vitest'
import type { Sealed } from '../../../domain/kernel/sealed.ts'
import { preferences } from '../../../domain/preferences/decider.ts'
import { LanguageChosen } from '../../../domain/preferences/events.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const [german, french] = ['a.german', 'a.french'] as Sealed[] as [Sealed, Sealed]

test('a language is chosen, and chosen again', () => {
  given(preferences)
    .when({ type: 'chooseLanguage', language: german, at: noon })
    .then(LanguageChosen({ language: german, at: noon }))
  given(preferences, [LanguageChosen({ language: german, at: noon })])
    .when({ type: 'chooseLanguage', language: french, at: later(1) })
    .then(LanguageChosen({ language: french, at: later(1) }))
})

test('the newest choice is the whole state', () => {
  const newest = LanguageChosen({ language: french, at: later(1) })
  const past = [LanguageChosen({ language: german, at: noon }), newest].reduce(preferences.evolve, preferences.initial)
  expect(past).toEqual({ language: french })
  expect(preferences.evolve(preferences.initial, newest)).toEqual(past)
  expect(newest.type).toBe(preferences.summary?.type)
})
