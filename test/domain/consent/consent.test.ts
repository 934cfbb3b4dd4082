import { describe, test } from 'vitest'
import { type Command, consent } from '../../../domain/consent/decider.ts'
import { ConsentGiven, ConsentsSummarized, ConsentWithdrawn } from '../../../domain/consent/events.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const give = (version = '1', at = noon): Command => ({ type: 'give', purpose: 'newsletter', version, at })
const withdraw = (at = noon): Command => ({ type: 'withdraw', purpose: 'newsletter', at })
const wasGiven = (version = '1', at = noon) => ConsentGiven({ purpose: 'newsletter', version, at })
const wasWithdrawn = (version = '1', at = noon) => ConsentWithdrawn({ purpose: 'newsletter', version, at })

describe('a consent', () => {
  test('is recorded', () => given(consent).when(give()).then(wasGiven()))
  test('that stands adds nothing', () =>
    given(consent, [wasGiven()])
      .when(give('1', later(1)))
      .thenNothing())
  test('to another text is recorded', () =>
    given(consent, [wasGiven()])
      .when(give('2', later(1)))
      .then(wasGiven('2', later(1))))
  test('to another text and back again is recorded', () =>
    given(consent, [wasGiven('1'), wasGiven('2')])
      .when(give('1'))
      .then(wasGiven('1')))
  test('for another purpose says nothing of this one', () =>
    given(consent, [ConsentGiven({ purpose: 'statistics', version: '1', at: noon })])
      .when(give())
      .then(wasGiven()))
  test('after it was withdrawn is recorded', () => given(consent, [wasGiven(), wasWithdrawn()]).when(give()).then(wasGiven()))
})

describe('withdrawing', () => {
  test('is recorded, with the text that was agreed to', () =>
    given(consent, [wasGiven('1'), wasGiven('2')])
      .when(withdraw(later(1)))
      .then(wasWithdrawn('2', later(1))))
  test('what was never given adds nothing', () => given(consent).when(withdraw()).thenNothing())
  test('what was withdrawn adds nothing', () => given(consent, [wasGiven(), wasWithdrawn()]).when(withdraw()).thenNothing())
  test('is decided on a summary as on what is before it', () =>
    given(consent, [ConsentsSummarized({ consents: [{ purpose: 'newsletter', isGiven: true, version: '3', at: noon }], at: later(1) })])
      .when(withdraw(later(2)))
      .then(wasWithdrawn('3', later(2))))
})
