import { expectTypeOf, test } from 'vitest'
import type { Journal } from '../../../application/journal/journal.ts'
import { streams } from '../../../application/journal/streams.ts'
import { accountId, blindIndex } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'
import { metadata } from './support.ts'

/** Never called: `tsc` fails if one of these lines compiles. */
const wrongPairs = ({ decide, load }: Journal, keys: Journal<'dataKey'>) => [
  // @ts-expect-error a command of logins, sent to an account
  decide(streams.account(accountId(1)), { type: 'unlock', by: accountId(1), at: later(0) }, metadata),
  // @ts-expect-error a command of accounts, sent to the administrators
  decide(streams.administrators, { type: 'disable', at: later(0) }, metadata),
  // @ts-expect-error an account's id does not name a login
  load(streams.login(accountId(1))),
  // @ts-expect-error a stream's name is not a stream
  load(`account-${accountId(1)}`),
  // @ts-expect-error this journal has no logins
  keys.load(streams.login(blindIndex(1))),
]

test('a stream takes the commands of its own aggregate only', () => {
  expectTypeOf(wrongPairs).toBeFunction()
  expectTypeOf(streams.account(accountId(1)).aggregate).toEqualTypeOf<'account'>()
})
