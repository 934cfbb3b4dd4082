import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import { type AccountId, DeviceId } from '../../domain/kernel/ids.ts'
import { Sealed } from '../../domain/kernel/sealed.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { sealUserAgent } from '../sessions/seal-origin.ts'

type DeviceNeeds = Needs<'journal' | 'crypto'>

/** The device id in the caller's cookie, if the cookie was made for this account and the device was not removed since. */
const deviceOf = ({ journal, crypto }: DeviceNeeds, accountId: AccountId, { device }: Caller) => {
  if (!Sealed.is(device) || !device.startsWith(`${accountId}.`)) return TE.right(null)
  return pipe(
    crypto.vault.unseal('device', device),
    TE.orElseW((failure) => (failure.type === 'unavailable' ? TE.left(failure) : TE.right(''))),
    TE.bindTo('opened'),
    TE.bindW('known', () => journal.load(streams.devices(accountId))),
    TE.map(({ opened, known }) => (DeviceId.is(opened) && known.state.devices.has(opened) ? opened : null)),
  )
}

export const knownDevice = (needs: DeviceNeeds) => (account: Registered | null, caller: Caller) =>
  account === null ? TE.right(null) : deviceOf(needs, account.accountId, caller)

/** The cookie for a device that is not known yet; null for one that is. */
export const rememberDevice = (needs: DeviceNeeds) => (accountId: AccountId, caller: Caller) => {
  const { journal, crypto } = needs
  const deviceId = journal.newId() as DeviceId
  return pipe(
    deviceOf(needs, accountId, caller),
    TE.chainW((known) => {
      if (known !== null) return TE.right(null)
      return pipe(
        TE.Do,
        TE.bindW('userAgent', () => sealUserAgent(needs, accountId, caller)),
        TE.chainFirstW(({ userAgent }) => {
          const command = { type: 'remember' as const, accountId, deviceId, userAgent, at: journal.now() }
          return journal.decide(streams.devices(accountId), command, metadataOf(caller, accountId))
        }),
        TE.chainW(() => crypto.vault.seal(accountId, 'device', deviceId)),
      )
    }),
  )
}

export const removeDevice =
  ({ journal }: Needs<'journal'>) =>
  (accountId: AccountId, deviceId: DeviceId, caller: Caller) =>
    journal.decide(streams.devices(accountId), { type: 'remove', deviceId, at: journal.now() }, metadataOf(caller, accountId))
