import type { NetworkFigures } from '../../application/backtest/network-figures.ts'
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

const networkRows: readonly (readonly [string, keyof NetworkFigures])[] = [
  ['attempts that are refused by network', 'refused'],
  ['of them, from blocked addresses', 'blocked'],
  ['right passwords among them', 'refusedLogins'],
  ['wrong passwords among them', 'stoppedGuesses'],
  ['names', 'names'],
  ['networks', 'networks'],
]

const unknownRows: readonly (readonly [string, keyof NetworkFigures])[] = [
  ['addresses that cannot be opened', 'unopened'],
  ['attempts whose network was erased', 'erased'],
]

/** Live, such attempts are refused before they are recorded: there is nothing to compare with. */
const networkTable = ({ tried }: BacktestReport['networks']) =>
  [...networkRows, ...unknownRows.filter(([, name]) => tried[name] > 0)].map(
    ([title, name]) => `  ${title.padEnd(42)}${'-'.padStart(12)}${whole(tried[name]).padStart(12)}`,
  )

export function reportText({ logins, codes, networks }: BacktestReport): string {
  return [
    `${''.padEnd(44)}${'recorded'.padStart(12)}${'policy'.padStart(12)}`,
    'Networks',
    ...networkTable(networks),
    'Logins',
    ...table(logins, 'right passwords', 'wrong passwords'),
    'Codes of the second factor',
    ...table(codes, 'right codes', 'wrong codes'),
    ...newlyLocked(lockedNow(logins), 'login'),
    ...newlyLocked(lockedNow(codes), 'code entry'),
  ].join('\n')
}
