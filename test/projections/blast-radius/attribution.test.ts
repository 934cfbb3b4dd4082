import { describe, expect, test } from 'vitest'
import { DataRead } from '../../../domain/access/events.ts'
import { RoleGranted } from '../../../domain/account/events.ts'
import { accessStream, accountStream } from '../../../domain/kernel/streams.ts'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { blastRadius } from '../../../projections/blast-radius/blast-radius.ts'
import { accountId, sessionId } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'
import { linesOf } from '../support/any-history.ts'
import { embeddedLog, type Line } from '../support/embedded-log.ts'

const [owner, other] = [accountId(1), accountId(2)]
const step = (verb: 'grant' | 'revoked' | 'accepted' | 'codeAccepted', session = 0) => ({ verb, account: 1, session, back: 0, wait: 1_000 })
const role = (target: typeof owner, name: string, by: Partial<Line>): Line => ({
  stream: accountStream(target),
  event: RoleGranted({ role: name, at: later(2_500) }),
  ...by,
})

const changesOf = (lines: readonly Line[]) => {
  const { db, commit } = embeddedLog()
  commit(...lines)
  const { sessions } = blastRadius(db, localLog(db))({ origin: { by: 'session', session: sessionId(0) } })
  db.close()
  return sessions.map(({ changes, reads }) => ({
    changes: changes.map(({ account, attributedBy }) => [account, attributedBy]),
    reads: reads.length,
  }))
}

describe('what was done in a session', () => {
  test('is what names it, on its own account and on others, and nothing that names another session', () => {
    const lines = [
      ...linesOf([step('grant'), step('grant', 1)]),
      role(owner, 'one', { actor: owner, sessionId: sessionId(0) }),
      role(other, 'two', { actor: owner, sessionId: sessionId(0) }),
      role(owner, 'three', { actor: owner, sessionId: sessionId(1) }),
      role(owner, 'four', { actor: other, sessionId: sessionId(7) }),
      role(other, 'five', { actor: 'system', sessionId: sessionId(0) }),
      {
        stream: accessStream(owner),
        event: DataRead({ sessionId: sessionId(0), what: 'account', subject: other, at: later(3_000) }),
        actor: owner,
        sessionId: sessionId(0),
      },
    ]
    expect(changesOf(lines)).toEqual([
      {
        changes: [
          [owner, 'session'],
          [other, 'session'],
          [other, 'session'],
        ],
        reads: 1,
      },
    ])
  })

  test('is, before events named sessions, what the account did while it lived, and is marked so', () => {
    const lines = [
      ...linesOf([step('grant')]),
      role(other, 'one', { actor: owner }),
      role(owner, 'by somebody else', { actor: other }),
      ...linesOf([step('accepted'), step('codeAccepted')])
        .slice(3)
        .map((line) => ({ ...line, actor: owner })),
      ...linesOf([step('grant'), step('revoked')]).slice(4),
      role(other, 'after it had ended', { actor: owner }),
    ]
    expect(changesOf(lines)).toEqual([{ changes: [[other, 'account']], reads: 0 }])
  })

  test('is no longer guessed from where events name sessions', () => {
    const lines = [
      ...linesOf([step('grant'), step('grant', 1)]),
      role(other, 'one', { actor: owner }),
      role(owner, 'two', { actor: owner, sessionId: sessionId(1) }),
      role(other, 'by a link or a job', { actor: owner }),
    ]
    expect(changesOf(lines)).toEqual([{ changes: [[other, 'account']], reads: 0 }])
  })
})
