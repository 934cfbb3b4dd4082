import { administratorRole } from '../../domain/administrators/events.ts'
import { idInStream } from '../../domain/kernel/streams.ts'
import { idBytes } from '../engine/id-bytes.ts'
import { defineReadModel } from '../engine/read-model.ts'
import { rolesAndClaims } from '../roles-and-claims.ts'

export const accounts = defineReadModel({
  name: 'accounts',
  version: 7,
  tables: {
    accounts: `(
      number INTEGER PRIMARY KEY,
      id BLOB NOT NULL UNIQUE,
      email_index TEXT,
      email TEXT,
      email_verified INTEGER NOT NULL,
      status TEXT NOT NULL,
      roles TEXT NOT NULL,
      claims TEXT NOT NULL,
      registered_at INTEGER NOT NULL,
      last_login_at INTEGER,
      identities INTEGER NOT NULL
    ) STRICT`,
    administrators: `(
      id BLOB PRIMARY KEY
    ) STRICT, WITHOUT ROWID`,
    erasures: `(
      id BLOB PRIMARY KEY,
      email_index TEXT,
      identities INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    held_emails: `(
      email_index TEXT PRIMARY KEY,
      id BLOB NOT NULL
    ) STRICT, WITHOUT ROWID`,
  },
  indexes: [{ on: 'accounts', columns: '(email_index) WHERE email_index IS NOT NULL' }],
  open: (db, { accounts, administrators, erasures, held_emails }) => {
    const add = db.prepare(
      `INSERT INTO ${accounts} (id, email_index, email, email_verified, status, roles, claims, registered_at, identities)
       VALUES (?, ?, ?, ?, 'active', ?, '{}', ?, ?)`,
    )
    const setStatus = db.prepare(`UPDATE ${accounts} SET status = ? WHERE id = ? AND status <> 'erased'`)
    const blank = db.prepare(
      `UPDATE ${accounts} SET status = 'erased', email_index = NULL, email = NULL, email_verified = 0, roles = '[]', claims = '{}', last_login_at = NULL WHERE id = ?`,
    )
    const verify = db.prepare(`UPDATE ${accounts} SET email_verified = 1 WHERE id = ? AND status <> 'erased'`)
    const logIn = db.prepare(`UPDATE ${accounts} SET last_login_at = ? WHERE id = ? AND status <> 'erased'`)
    const owe = db.prepare(`INSERT OR IGNORE INTO ${erasures} SELECT id, email_index, identities FROM ${accounts} WHERE id = ?`)
    const settle = db.prepare(`DELETE FROM ${erasures} WHERE id = ?`)
    const retire = db.prepare(`UPDATE ${erasures} SET identities = identities - 1 WHERE id = ?`)
    const settleWithoutEmail = db.prepare(`DELETE FROM ${erasures} WHERE id = ? AND email_index IS NULL AND identities <= 0`)
    const countIdentities = db.prepare(`UPDATE ${accounts} SET identities = identities + ? WHERE id = ?`)
    const replace = db.prepare(`UPDATE ${accounts} SET email_index = ?, email = ?, email_verified = ? WHERE id = ? AND status <> 'erased'`)
    const hold = db.prepare(`INSERT OR REPLACE INTO ${held_emails} VALUES (?, ?)`)
    const letGo = db.prepare(`DELETE FROM ${held_emails} WHERE email_index = ?`)
    const isAdministrator = db.prepare(`SELECT 1 FROM ${administrators} WHERE id = ?`).pluck()
    const putAdministrator = db.prepare(`INSERT OR IGNORE INTO ${administrators} VALUES (?)`)
    const deleteAdministrator = db.prepare(`DELETE FROM ${administrators} WHERE id = ?`)

    const { handlers, addAdministrator, removeAdministrator } = rolesAndClaims(db, accounts)

    /** The first administrator is appointed before the account is registered. */
    const appoint = (accountId: string) => {
      putAdministrator.run(idBytes(accountId))
      addAdministrator(idBytes(accountId))
    }
    const dismiss = (accountId: string) => {
      deleteAdministrator.run(idBytes(accountId))
      removeAdministrator(idBytes(accountId))
    }
    const rolesOf = (id: Buffer) => JSON.stringify(isAdministrator.get(id) === undefined ? [] : [administratorRole])
    const owner = ({ stream }: { readonly stream: string }) => idBytes(idInStream(stream))

    return {
      handlers: {
        ...handlers,
        AccountRegistered: ({ data }) => {
          const id = idBytes(data.accountId)
          add.run(id, data.emailIndex, data.email, Number(data.emailVerified), rolesOf(id), data.at, 0)
        },
        AccountIntroduced: ({ data }) => {
          const id = idBytes(data.accountId)
          add.run(id, null, null, 0, rolesOf(id), data.at, 1)
        },
        IdentityLinked: (_, recorded) => countIdentities.run(1, owner(recorded)),
        IdentityUnlinked: (_, recorded) => countIdentities.run(-1, owner(recorded)),
        PasswordReplaced: ({ data }, recorded) => {
          if (data.because === 'reset') verify.run(owner(recorded))
        },
        InvitationAccepted: (_, recorded) => verify.run(owner(recorded)),
        SessionGranted: ({ data }) => logIn.run(data.at, idBytes(data.accountId)),
        SessionPayloadErased: ({ data }) => logIn.run(data.at, idBytes(data.accountId)),
        SetupCompleted: ({ data }) => appoint(data.accountId),
        SetupReopened: ({ data }) => dismiss(data.accountId),
        AdministratorAdded: ({ data }) => appoint(data.accountId),
        AdministratorRemoved: ({ data }) => dismiss(data.accountId),
        AccountDisabled: (_, recorded) => setStatus.run('disabled', owner(recorded)),
        AccountEnabled: (_, recorded) => setStatus.run('active', owner(recorded)),
        AccountErased: (_, recorded) => {
          owe.run(owner(recorded))
          blank.run(owner(recorded))
        },
        EmailReserved: ({ data }, recorded) => hold.run(idInStream(recorded.stream), idBytes(data.accountId)),
        EmailReplaced: ({ data }, recorded) => {
          if (data.replacedIndex !== null) hold.run(data.replacedIndex, owner(recorded))
          letGo.run(data.emailIndex)
          replace.run(data.emailIndex, data.email, Number(data.emailVerified), owner(recorded))
        },
        IdentityRetired: ({ data }) => {
          const id = idBytes(data.accountId)
          if (data.because === 'account_erased') retire.run(id)
          settleWithoutEmail.run(id)
        },
        EmailReleased: ({ data }, recorded) => {
          letGo.run(idInStream(recorded.stream))
          if (data.because === 'account_erased') settle.run(idBytes(data.accountId))
        },
      },
    }
  },
})
