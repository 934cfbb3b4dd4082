import { idInStream } from '../../domain/kernel/streams.ts'
import { idBytes } from '../engine/id-bytes.ts'
import { defineReadModel } from '../engine/read-model.ts'

/** The accounts for those who administer them, by number in the order of registration; erasing leaves the id, the status and the time. */
export const accounts = defineReadModel({
  name: 'accounts',
  version: 1,
  tables: {
    accounts: `(
      number INTEGER PRIMARY KEY,
      id BLOB NOT NULL UNIQUE,
      email_index TEXT,
      email TEXT,
      status TEXT NOT NULL,
      roles TEXT NOT NULL,
      claims TEXT NOT NULL,
      registered_at INTEGER NOT NULL
    ) STRICT`,
    administrators: `(
      id BLOB PRIMARY KEY
    ) STRICT, WITHOUT ROWID`,
    erasures: `(
      id BLOB PRIMARY KEY,
      email_index TEXT
    ) STRICT, WITHOUT ROWID`,
  },
  indexes: [{ on: 'accounts', columns: '(email_index) WHERE email_index IS NOT NULL' }],
  open: (db, { accounts, administrators, erasures }) => {
    const add = db.prepare(
      `INSERT INTO ${accounts} (id, email_index, email, status, roles, claims, registered_at) VALUES (?, ?, ?, 'active', ?, '{}', ?)`,
    )
    const setStatus = db.prepare(`UPDATE ${accounts} SET status = ? WHERE id = ? AND status <> 'erased'`)
    const blank = db.prepare(
      `UPDATE ${accounts} SET status = 'erased', email_index = NULL, email = NULL, roles = '[]', claims = '{}' WHERE id = ?`,
    )
    const owe = db.prepare(`INSERT OR IGNORE INTO ${erasures} SELECT id, email_index FROM ${accounts} WHERE id = ?`)
    const settle = db.prepare(`DELETE FROM ${erasures} WHERE id = ?`)
    const facts = db.prepare<[Buffer], { roles: string; claims: string }>(`SELECT roles, claims FROM ${accounts} WHERE id = ?`)
    const setRoles = db.prepare(`UPDATE ${accounts} SET roles = ? WHERE id = ?`)
    const setClaims = db.prepare(`UPDATE ${accounts} SET claims = ? WHERE id = ?`)

    const changeRoles = (id: Buffer, change: (roles: Set<string>) => void) => {
      const roles = new Set<string>(JSON.parse(facts.get(id)?.roles ?? '[]'))
      change(roles)
      setRoles.run(JSON.stringify([...roles]), id)
    }
    const changeClaims = (id: Buffer, change: (claims: Map<string, unknown>) => void) => {
      const claims = new Map<string, unknown>(Object.entries(JSON.parse(facts.get(id)?.claims ?? '{}')))
      change(claims)
      setClaims.run(JSON.stringify(Object.fromEntries(claims)), id)
    }
    const isAdministrator = db.prepare(`SELECT 1 FROM ${administrators} WHERE id = ?`).pluck()
    const addAdministrator = db.prepare(`INSERT OR IGNORE INTO ${administrators} VALUES (?)`)
    const removeAdministrator = db.prepare(`DELETE FROM ${administrators} WHERE id = ?`)

    /** The first administrator stands on the roster before the account is registered. */
    const joins = (accountId: string) => {
      addAdministrator.run(idBytes(accountId))
      changeRoles(idBytes(accountId), (roles) => roles.add('admin'))
    }
    const leaves = (accountId: string) => {
      removeAdministrator.run(idBytes(accountId))
      changeRoles(idBytes(accountId), (roles) => roles.delete('admin'))
    }
    const register = (id: Buffer, emailIndex: string, email: string, at: number) =>
      add.run(id, emailIndex, email, isAdministrator.get(id) === undefined ? '[]' : '["admin"]', at)
    const owner = ({ stream }: { readonly stream: string }) => idBytes(idInStream(stream))

    return {
      handlers: {
        AccountRegistered: ({ data }) => register(idBytes(data.accountId), data.emailIndex, data.email, data.at),
        SetupCompleted: ({ data }) => joins(data.accountId),
        SetupReopened: ({ data }) => leaves(data.accountId),
        AdministratorAdded: ({ data }) => joins(data.accountId),
        AdministratorRemoved: ({ data }) => leaves(data.accountId),
        AccountDisabled: (_, recorded) => setStatus.run('disabled', owner(recorded)),
        AccountEnabled: (_, recorded) => setStatus.run('active', owner(recorded)),
        RoleGranted: ({ data }, recorded) => changeRoles(owner(recorded), (roles) => roles.add(data.role)),
        RoleWithdrawn: ({ data }, recorded) => changeRoles(owner(recorded), (roles) => roles.delete(data.role)),
        ClaimAsserted: ({ data }, recorded) => changeClaims(owner(recorded), (claims) => claims.set(data.name, data.value)),
        ClaimRetracted: ({ data }, recorded) => changeClaims(owner(recorded), (claims) => claims.delete(data.name)),
        AccountErased: (_, recorded) => {
          owe.run(owner(recorded))
          blank.run(owner(recorded))
        },
        EmailReleased: ({ data }) => {
          if (data.because === 'account_erased') settle.run(idBytes(data.accountId))
        },
      },
    }
  },
})
