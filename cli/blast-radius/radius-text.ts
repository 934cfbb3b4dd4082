import { columns, printable } from '../operator/columns.ts'
import type { WholeRadius } from './whole-radius.ts'

type Session = WholeRadius['sessions'][number]
type Entry = Session['changes'][number]

const time = (at: number | string) => new Date(at).toISOString()

const counted = (count: number, one: string, many = `${one}s`) => `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`

const whose = ({ account }: Entry, own: string | null) => (account === null || account === own ? '' : ` (account ${account})`)

const marked = ({ attributedBy }: Entry) =>
  attributedBy === 'account' ? '  [by the account while the session lived: no session is recorded]' : ''

const entryLine = (own: string | null) => (entry: Entry) =>
  printable(`    ${time(entry.at)}  ${entry.position}  ${entry.summary}${whose(entry, own)}${marked(entry)}`)

const stateOf = ({ active, endedAt, because }: Session) => {
  if (endedAt !== null) return `ended ${time(endedAt)} (${because})`
  return active ? 'ACTIVE' : 'expired, or ended with others'
}

const newest = (times: readonly (number | string)[]) => time(Math.max(...times.map((at) => new Date(at).getTime())))

const tokens = ({ accessTokens }: Session) =>
  accessTokens.length === 0
    ? []
    : [
        `    ${counted(accessTokens.length, 'access token')}, the last one valid until ${newest(accessTokens.map(({ expiresAt }) => expiresAt))}`,
      ]

const group = (title: string, entries: readonly Entry[], own: string) =>
  entries.length === 0 ? [] : [`    ${title}:`, ...entries.map(entryLine(own)).map((line) => `  ${line}`)]

const sessionLines = (session: Session) => [
  `  ${time(session.grantedAt)}  session ${session.id} of account ${session.account}: ${stateOf(session)}`,
  ...(session.refreshes === 0 ? [] : [`    refreshed ${counted(session.refreshes, 'time')}`]),
  ...(session.refreshTokenReused ? ['    a spent refresh token was presented'] : []),
  ...tokens(session),
  ...session.elevations.map(({ at, until }) => `    elevated ${time(at)} until ${time(until)}`),
  ...group('Devices remembered', session.devices, session.account),
  ...group('Changes', session.changes, session.account),
  ...group('Data read', session.reads, session.account),
  ...(session.cut ? [`    There is more: gatebook blast-radius --session ${session.id}`] : []),
]

const sum = (sessions: readonly Session[], of: (session: Session) => number) => sessions.reduce((total, session) => total + of(session), 0)

const summary = ({ attempts, sessions, accounts }: WholeRadius) =>
  [
    counted(attempts.length, 'attempt'),
    `${counted(sessions.length, 'session')}, ${sessions.filter(({ active }) => active).length} active`,
    counted(
      sum(sessions, ({ accessTokens }) => accessTokens.length),
      'access token',
    ),
    counted(
      sum(sessions, ({ elevations }) => elevations.length),
      'elevation',
    ),
    counted(
      sum(sessions, ({ changes }) => changes.length),
      'change',
    ),
    counted(
      sum(sessions, ({ reads }) => reads.length),
      'reading',
    ),
    counted(accounts.length, 'account'),
  ].join('; ')

const part = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines, ''])

const table = (accounts: WholeRadius['accounts']) =>
  columns(
    ['account', 'attempts', 'sessions'],
    accounts.map(({ account, attempts, sessions }) => [account, attempts, sessions]),
  )
    .split('\n')
    .map((line) => `  ${line}`)

/** In the order of the log. */
export function radiusText(radius: WholeRadius): string {
  const { attempts, sessions, accounts, accountsCut } = radius
  return [
    ...part('Attempts and other entries of the network', attempts.map(entryLine(null))),
    ...part('Sessions', sessions.flatMap(sessionLines)),
    ...part(
      'Accounts of these networks (one step: what happened in their other sessions is not listed)',
      accounts.length === 0 ? [] : table(accounts),
    ),
    ...(accountsCut ? ['There are more accounts: a network has more than 2,000 entries.', ''] : []),
    summary(radius),
  ].join('\n')
}
