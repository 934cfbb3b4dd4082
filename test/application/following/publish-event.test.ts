import { readFileSync } from 'node:fs'
import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { publicFields } from '../../../application/following/public-fields.ts'
import { CannotOpenNow, publishEvent } from '../../../application/following/publish-event.ts'
import type { RecordedEvent } from '../../../application/ports/event-store.ts'
import type { Vault } from '../../../application/ports/vault.ts'
import type { AccountId } from '../../../domain/kernel/ids.ts'
import type { StoredEvent } from '../../../domain/kernel/reader.ts'
import { goldenNames } from '../../../scripts/golden/golden.ts'

const account = '01970000-0000-7000-8000-00000000000a' as AccountId
const session = '01970000-0000-7000-8000-00000000000b'
const sealed = `${account}.bm9uY2Utbm9uY2UtY2lwaGVydGV4dC10YWctdGFnLXRhZw`
/** What no example may show: the index, the hash and the sealed text of all golden files. */
const secrets = ['aW5kZXgt', 'aGFzaC1o', 'bm9uY2Ut', '0f0f0f', 'password_hash']

type Outcome = Awaited<ReturnType<ReturnType<Vault['unseal']>>>

const publishing = ({ outcome, erased = false }: { outcome?: Outcome; erased?: boolean } = {}) =>
  publishEvent({
    vault: { unseal: (purpose) => async () => outcome ?? right(`the ${purpose}`) },
    numbers: { seal: (purpose, number) => `${purpose} ${number}` },
    isErased: () => erased,
  })

const recorded = ({ type, version, data }: StoredEvent, stream = `session-${session}`): RecordedEvent => ({
  ...{ type, version, data, stream, eventId: 'the id', revision: 3, position: 7, recordedAt: '' },
  metadata: { actor: 'anonymous', correlationId: 'c', causationId: null },
})

const goldens = goldenNames().flatMap((name) =>
  (JSON.parse(readFileSync(`test/golden/${name}`, 'utf8')) as readonly StoredEvent[]).map((stored, n) => ({
    name: `${name} ${n}`,
    stored,
  })),
)

const registered: StoredEvent = {
  type: 'AccountRegistered',
  version: 1,
  data: {
    accountId: account,
    emailIndex: 'x'.repeat(43),
    email: sealed,
    passwordHash: sealed,
    emailVerified: true,
    at: '2026-06-01T12:00:00.000Z',
  },
}

describe('an event that is published', () => {
  test.each(goldens)('shows the fields that are public, and no more: $name', async ({ stored }) => {
    const rules: Readonly<Record<string, string>> | null = publicFields[stored.type as keyof typeof publicFields]
    const published = await publishing()({ account, recorded: recorded(stored) })
    if (rules === null) return expect(published).toBe(null)
    expect(Object.keys(published?.data ?? {}).toSorted()).toEqual(Object.keys(rules).toSorted())
    expect(published).toMatchObject({
      id: 'the id',
      position: 'event_position 7',
      type: stored.type,
      accountId: account,
      actor: 'anonymous',
    })
    for (const secret of secrets) expect(JSON.stringify(published)).not.toContain(secret)
    for (const [name, value] of Object.entries(published?.data ?? {})) expect([name, value]).not.toEqual([name, undefined])
  })

  test('has its texts opened, its times as dates and its session from its stream', async () => {
    expect(await publishing()({ account, recorded: recorded(registered) })).toEqual({
      ...{ id: 'the id', position: 'event_position 7', type: 'AccountRegistered', accountId: account, actor: 'anonymous' },
      at: new Date('2026-06-01T12:00:00.000Z'),
      data: { email: 'the email', emailVerified: true },
    })
    const elevated = { tokenHash: 'x'.repeat(43), factor: 'otp', at: '2026-06-01T12:00:00.000Z', until: '2026-06-01T12:15:00.000Z' }
    expect(await publishing()({ account, recorded: recorded({ type: 'SessionElevated', version: 1, data: elevated }) })).toMatchObject({
      data: { sessionId: session, factor: 'otp', until: new Date('2026-06-01T12:15:00.000Z') },
    })
  })

  test('has null for what was of an erased person, with and without the key', async () => {
    for (const vault of [publishing({ erased: true }), publishing({ outcome: left({ type: 'key_shredded' }) })]) {
      expect(await vault({ account, recorded: recorded(registered) })).toMatchObject({ data: { email: null, emailVerified: true } })
    }
  })

  test('can be tried again if a key cannot be read now, and not if it does not open', async () => {
    const unavailable = publishing({ outcome: left({ type: 'unavailable', detail: 'gone' }) })
    await expect(unavailable({ account, recorded: recorded(registered) })).rejects.toThrow(CannotOpenNow)
    const corrupt = publishing({ outcome: left({ type: 'corrupt', detail: 'damaged' }) })
    await expect(corrupt({ account, recorded: recorded(registered) })).rejects.toThrow('the personal data of an event does not open')
  })

  test('is none at an address that nobody has', async () => {
    const rejected = { type: 'PasswordRejected', version: 1, data: { attemptId: session, at: '2026-06-01T12:00:00.000Z' } }
    const stream = `login-${'x'.repeat(43)}`
    expect(await publishing()({ account: null, recorded: recorded(rejected, stream) })).toBe(null)
    expect(await publishing()({ account, recorded: recorded(rejected, stream) })).toMatchObject({
      type: 'PasswordRejected',
      accountId: account,
    })
  })

  test('says where it is if it cannot be read, and nothing of its data', async () => {
    const damaged = publishing()({ account, recorded: recorded({ type: 'RoleGranted', version: 1, data: { role: 7, at: 'the secret' } }) })
    await expect(damaged).rejects.toThrow(new Error(`the event at revision 3 of session-${session} cannot be read`))
  })
})
