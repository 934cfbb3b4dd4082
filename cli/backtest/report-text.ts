import type { BacktestReport } from '../../application/backtest/open-backtest.ts'
import type { AccountFigures, Side } from '../../application/backtest/try-streams.ts'

type Kind = BacktestReport['logins']

const whole = (count: number) => count.toLocaleString('en-US')
const minutes = (milliseconds: number) => (milliseconds / 60_000).toLocaleString('en-US', { maximumFractionDigits: 1 })

const rowsOf = (right: string, wrong: string): readonly (readonly [string, (side: Side) => string])[] => [
  ['locks', ({ locks }) => whole(locks)],
  ['minutes of lock', ({ lockedMs }) => minutes(lockedMs)],
  ['names that were locked', ({ names }) => whole(names)],
  [`${right} that a lock refuses`, ({ refusedLogins }) => whole(refusedLogins)],
  [`${wrong} that a lock stops`, ({ stoppedGuesses }) => whole(stoppedGuesses)],
  ['attempts that a lock refused unchecked', ({ refusedUnchecked }) => whole(refusedUnchecked)],
  ['of them, attempts that would be checked', ({ admitted }) => whole(admitted)],
]

const table = ({ recorded, tried }: Kind, right: string, wrong: string) =>
  rowsOf(right, wrong).map(([title, cell]) => `  ${title.padEnd(42)}${cell(recorded).padStart(12)}${cell(tried).padStart(12)}`)

const shown = 20

const lockedNow = ({ accounts }: Kind) => accounts.filter(({ recorded, tried }) => recorded.locks === 0 && tried.locks > 0)

const accountLines = (accounts: readonly AccountFigures[]) => [
  ...accounts
    .slice(0, shown)
    .map(
      ({ accountId, tried }) =>
        `  ${accountId}  ${tried.locks === 1 ? '1 lock' : `${whole(tried.locks)} locks`}, ${minutes(tried.lockedMs)} minutes`,
    ),
  ...(accounts.length > shown ? [`  and ${whole(accounts.length - shown)} more: use --json`] : []),
]

const newlyLocked = (accounts: readonly AccountFigures[], of: string) =>
  accounts.length === 0 ? [] : ['', `Accounts whose ${of} would have been locked and were not:`, ...accountLines(accounts)]

export function reportText({ logins, codes }: BacktestReport): string {
  return [
    `${''.padEnd(44)}${'recorded'.padStart(12)}${'policy'.padStart(12)}`,
    'Logins',
    ...table(logins, 'right passwords', 'wrong passwords'),
    'Codes of the second factor',
    ...table(codes, 'right codes', 'wrong codes'),
    ...newlyLocked(lockedNow(logins), 'login'),
    ...newlyLocked(lockedNow(codes), 'code entry'),
  ].join('\n')
}
