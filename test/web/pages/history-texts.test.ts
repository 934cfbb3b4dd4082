import { describe, expect, test } from 'vitest'
import { catalogue } from '../../../domain/catalogue.ts'
import { byDay, type HistoryEntry, joinEntries } from '../../../web/pages/account/history/entry.ts'
import { entryDetail } from '../../../web/pages/account/history/entry-detail.ts'
import { isShown } from '../../../web/pages/account/history/kinds.ts'
import { historyTexts } from '../../../web/texts/account.ts'
import { languages } from '../../../web/texts/language.ts'

/** What no account's history can hold: it is about the service, or about addresses without an account. */
const ofNobody = new Set(['GuessesRefused', 'HashKindImported', 'PolicyPutInForce', 'SigningKeyAdded', 'SigningKeyRetired'])

const types = Object.values(catalogue)
  .flat()
  .map(({ type }) => type)
  .filter((type) => !ofNobody.has(type))

const entry = (type: string, summary: string, at = '2026-11-28T12:00:00.000Z'): HistoryEntry => ({
  at,
  type,
  summary,
  session: null,
  account: null,
  actor: 'system',
  correlationId: 'c',
})

describe.each(languages)('the history in %s', (language) => {
  const texts = historyTexts[language]

  test('has a title for each event, and none for what is no event', () => {
    expect(Object.keys(texts.titles).toSorted()).toEqual(types.toSorted())
  })

  test('shows a name that somebody chose as it was recorded', () => {
    expect(entryDetail(entry('RoleGranted', String.raw`Role "a\"<b>" granted`), texts)).toBe(String.raw`"a\"<b>"`)
  })

  test('counts refused attempts', () => {
    expect(entryDetail(entry('LoginAttemptsRefused', '12 attempts refused while locked, from a to b'), texts)).toContain('12')
  })

  test('adds nothing where the title says it all', () => {
    expect(entryDetail(entry('LoginLocked', 'Locked until tomorrow (1st time in a row)'), texts)).toBeNull()
  })
})

test('a reason is given in German, and in English if there is no text', () => {
  expect(entryDetail(entry('SessionRevoked', 'Session ended (logged out)'), historyTexts.de)).toBe('abgemeldet')
  expect(entryDetail(entry('SessionRevoked', 'Session ended (a new reason)'), historyTexts.de)).toBe('a new reason')
})

test('every kind but the last leaves steps out', () => {
  expect(types.filter((type) => !isShown(type, 'all'))).toEqual([])
  expect(isShown('PasswordAccepted', 'notable')).toBe(false)
  const ofKinds = types.filter((type) => (['login', 'security', 'sessions', 'account'] as const).some((kind) => isShown(type, kind)))
  expect(types.filter((type) => isShown(type, 'notable'))).toEqual(ofKinds)
})

test('an entry that arrives live and stands in a page is shown once, in the order of the lists', () => {
  const [newest, older] = [entry('SessionGranted', 'new'), entry('SessionGranted', 'old', '2026-11-20T12:00:00.000Z')]
  const joined = joinEntries([newest], [newest, older])
  expect(joined).toEqual([newest, older])
  expect(byDay(joined).map(([, entries]) => entries)).toEqual([[newest], [older]])
})
