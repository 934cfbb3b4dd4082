import { hashSync } from 'bcrypt'
import { openGatebook } from 'gatebook'
import { z } from 'zod'
import { instant } from '../../../../domain/kernel/instant.ts'
import { codeAt, stepAt } from '../../../../infrastructure/otp/one-time-code.ts'
import { cheap } from '../../../library/support.ts'
import { runCommand } from '../../../support/run-command.ts'
import { blobsIn } from '../../../support/server/blobs.ts'
import type { Send } from '../../../support/server/client.ts'
import { keysIn, newKey } from '../../../support/server/identity-key.ts'
import { mustBe } from '../../../support/server/second-factor.ts'
import { callsOf, canary, type Person } from './person.ts'

/** `secrets`: what else must not be found. */
export type Settled = Person & { readonly accountId: string; readonly token: string; readonly secrets: readonly string[] }

/** Only an app that embeds Gatebook can ask for a profile. */
export const registerWithProfiles = async (dataDir: string, people: readonly Person[]): Promise<void> => {
  const gatebook = await openGatebook({ ...cheap, dataDir, registrationFields: z.strictObject({ name: z.string() }) })
  for (const { email, password, number } of people) {
    await gatebook.accounts.create({ email, password, profile: { name: `${canary} the ${number}th` } })
  }
  await gatebook.close()
}

/** The password that the former system had: another one than `password`, which is only ever guessed at. */
const formerPassword = ({ password }: Person) => `${password} of the former system`

export const importPeople = async (dataDir: string, file: string, write: (lines: string) => void, people: readonly Person[]) => {
  const hashes = people.map((person) => ({ person, passwordHash: hashSync(formerPassword(person), 4) }))
  write(hashes.map(({ person, passwordHash }) => JSON.stringify({ email: person.email, passwordHash })).join('\n'))
  const env = { DATA_DIR: dataDir, ARGON2_MEMORY_KIB: '8', ARGON2_TIME: '1' }
  const { code, stderr } = await runCommand(['import', '--from', 'ndjson', file], env)
  if (code !== 0) throw new Error(stderr)
  return new Map(hashes.map(({ person, passwordHash }) => [person.number, passwordHash.slice(7)]))
}

type Server = { readonly send: Send; readonly admin: string; readonly hashes: ReadonlyMap<number, string> }

/** What each kind of person does before the erasure. */
export const settleIn = async (person: Person, { send, admin, hashes }: Server): Promise<Settled> => {
  const { kind, email, password, number } = person
  const calls = callsOf(person, send)
  const asAdmin = callsOf({ headers: {} }, send)
  const found = async () => {
    const { accounts } = mustBe(200, await asAdmin.get(`/admin/accounts?email=${encodeURIComponent(email)}`, admin))
    return { accountId: String(accounts[0].id), token: '', secrets: [] as string[] }
  }
  const guessAt = () => calls.post('/login', { email, password: `${canary} wrong`, transport: 'bearer' })
  const published = async (key: ReturnType<typeof newKey>, token: string) =>
    mustBe(200, await blobsIn(calls).publish({ key, token }, `${canary} blob ${number}`))

  switch (kind) {
    case 'with a profile': {
      const { token, accountId } = await calls.logIn({ email, password })
      return { ...person, accountId, token, secrets: [] }
    }
    case 'imported and logged in': {
      const { token, accountId } = await calls.logIn({ email, password: formerPassword(person) })
      return { ...person, password: formerPassword(person), accountId, token, secrets: [hashes.get(number) ?? ''] }
    }
    case 'imported':
      await guessAt()
      return { ...person, ...(await found()), secrets: [hashes.get(number) ?? ''] }
    case 'invited': {
      const { accountId } = mustBe(201, await asAdmin.post('/admin/accounts', { email, invite: true }, admin))
      return { ...person, accountId, token: '', secrets: [] }
    }
    case 'of keys alone': {
      const keys = keysIn(calls)
      const { key, token, session, accountId } = await keys.introduced()
      const elevated = await keys.elevated(key, token, session.id)
      const second = newKey()
      mustBe(201, await keys.link(second, accountId, elevated))
      await published(key, elevated)
      await published(second, elevated)
      return { ...person, accountId, token: elevated, secrets: [] }
    }
    default:
  }
  // Before there is an account: sealed under the key of the month.
  await guessAt()
  const { token: first, accountId } = await calls.register({ email, password })
  await guessAt()
  mustBe(204, await calls.put('/me/language', { language: 'de' }, first))
  const token = await calls.elevated(first, password)
  const settled = { ...person, accountId, token, secrets: [] as readonly string[] }
  if (kind === 'changing the address') {
    mustBe(202, await calls.post('/email', { email: `next.${email}`, password }, token))
    return settled
  }
  if (kind === 'with keys and a blob') {
    const key = newKey()
    mustBe(201, await keysIn(calls).link(key, accountId, token))
    await published(key, token)
    return settled
  }
  const { secret, recoveryCodes } = mustBe(200, await calls.post('/totp/enroll', undefined, token))
  mustBe(204, await calls.post('/totp/confirm', { code: codeAt(secret, stepAt(instant(Date.now()))) }, token))
  mustBe(202, await calls.post('/password/reset', { email }))
  return { ...settled, secrets: [secret, ...recoveryCodes] }
}
