import { Moment } from '../../api/audit/moment-shapes.ts'
import { accountAt } from '../../application/moment/account-at.ts'
import type { AccountMoment } from '../../application/moment/account-moment.ts'
import { compareMoments } from '../../application/moment/compare-moments.ts'
import type { AccountId } from '../../domain/kernel/ids.ts'
import { instant } from '../../domain/kernel/instant.ts'
import { policiesOf, policyVariables } from '../../infrastructure/configuration/policies.ts'
import { openReadConnection } from '../../infrastructure/event-store/sqlite/file/connection.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { localStreams } from '../../infrastructure/event-store/sqlite/reader/local-streams.ts'
import { grantedSessions } from '../../projections/audit/granted-sessions.ts'
import { partOfConfiguration } from '../configuration.ts'
import { fail } from '../fail.ts'
import { onLog } from '../log-commands.ts'
import { changesText, momentText } from './moment-text.ts'

/** Times as `readTime` gives them. */
export type AccountAtOptions = { readonly time: string; readonly since?: string | undefined; readonly json?: boolean | undefined }

/** As the API gives it, but for the address, which is sealed here. */
const encoded = (moment: AccountMoment) => {
  const { email: _, ...shown } = Moment.encode({ ...moment, email: null }) as Readonly<Record<string, unknown>>
  return shown
}

/** Reads the log, or this node's copy of it. It takes no lock, so a server may be running. */
export function showAccountAt(account: string, { time, since, json = false }: AccountAtOptions) {
  const today = policiesOf(partOfConfiguration(...policyVariables))
  return onLog(openReadConnection, (db, kind) => {
    const log = localStreams(db)
    const look = accountAt({ log, grantedSessions: grantedSessions(db, localLog(db, kind)), today })
    const [moment, earlier] = db.transaction(() =>
      [time, since].map((at) => (at === undefined ? null : look(account as AccountId, instant(Date.parse(at))))),
    )()
    if (moment === null || moment === undefined) return fail('the log has no such account')
    const [now, before] = [encoded(moment), earlier ? encoded(earlier) : null]
    const changes = before === null ? null : compareMoments(before, now)
    if (json) console.log(JSON.stringify({ moment: now, since: before, changes }))
    else console.log([momentText(moment), ...(changes === null ? [] : ['', `Changes since ${since}:`, changesText(changes)])].join('\n'))
  })
}
