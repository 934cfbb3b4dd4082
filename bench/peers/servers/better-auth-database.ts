import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import Database from 'better-sqlite3'

const [file = '', people = '0', password = ''] = process.argv.slice(2)

/** With one person who signed up, and copies of that person: their hash is the work of Better Auth itself. */
const database = new Database(file)
const auth = betterAuth({
  baseURL: 'http://127.0.0.1',
  secret: 'a secret of the bench that is long enough to be one',
  database,
  logger: { disabled: true },
  telemetry: { enabled: false },
  emailAndPassword: { enabled: true },
})
const { runMigrations } = await getMigrations(auth.options)
await runMigrations()
await auth.api.signUpEmail({ body: { name: 'Person 0', email: 'person0@example.org', password } })
const columnsOf = (table: string, but: readonly string[]) =>
  (database.pragma(`table_info(${table})`) as { readonly name: string }[])
    .map(({ name }) => name)
    .filter((name) => !but.includes(name))
    .map((name) => `"${name}"`)
    .join(', ')
const ofUser = columnsOf('user', ['id', 'email'])
const ofAccount = columnsOf('account', ['id', 'userId', 'accountId'])
const counting = `WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < ${Number(people) - 1})`
database.exec(`
  BEGIN;
  INSERT INTO user (id, email, ${ofUser}) ${counting}
    SELECT 'copy-' || n, 'person' || n || '@example.org', ${ofUser} FROM counter, (SELECT * FROM user WHERE email = 'person0@example.org');
  INSERT INTO account (id, "userId", "accountId", ${ofAccount}) ${counting}
    SELECT 'copy-' || n, 'copy-' || n, 'copy-' || n, ${ofAccount} FROM counter, (SELECT * FROM account WHERE "providerId" = 'credential');
  COMMIT`)
database.close()
process.exit(0)
