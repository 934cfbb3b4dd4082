import * as t from 'io-ts'
import { strictObject } from '../api/codecs/strict-object.ts'
import { Email, Password } from '../api/shapes/credentials.ts'
import { ClaimName, ClaimValueInput, RoleName } from '../api/shapes/names.ts'
import { eraseAccount } from '../application/accounts/erase-account.ts'
import { recordProfile } from '../application/accounts/record-profile.ts'
import { administer, appointAdministrator, unlock } from '../application/administration/administer.ts'
import { setEmail } from '../application/administration/set-email.ts'
import { setPassword } from '../application/passwords/set-password.ts'
import { resetSecondFactor } from '../application/second-factor/disable.ts'
import type { ClaimValue } from '../domain/account/events.ts'
import { administratorRole } from '../domain/administrators/events.ts'
import { givenProfile } from './embedding/given-profile.ts'
import { hostCalls, standing } from './host-calls.ts'
import { type ActorOption, accountIdOf, actorOf, readInput } from './host-input.ts'
import type { HostNeeds } from './host-needs.ts'

type AccountCommand = Parameters<ReturnType<typeof administer>>[0]['command']

const erasures = { host: 'requested_by_host', owner: 'requested_by_owner', administrator: 'requested_by_admin' } as const

/** Each one names the account by id and resolves to nothing. What is so already changes nothing. Rejects with `NOT_FOUND` for an id that nobody has. */
export function changeAccounts(needs: HostNeeds) {
  const call = hostCalls(needs)
  const change = async (id: string, options: ActorOption, command: AccountCommand): Promise<void> => {
    const acting = { accountId: accountIdOf(id), actor: actorOf(options) }
    await call((caller) => administer(needs)({ ...acting, command }, caller))
  }
  return {
    accounts: {
      /** Ends every session. Follows the password policy (`PASSWORD_REJECTED`, `reason` in the details). `mustChange`: the next login must replace it; false if it is left out. */
      setPassword: async (
        id: string,
        password: string,
        { mustChange, ...options }: ActorOption & { readonly mustChange?: boolean | undefined } = {},
      ): Promise<void> => {
        const read = readInput(strictObject({ password: Password }, { mustChange: t.boolean }), { password, mustChange })
        const setting = {
          accountId: accountIdOf(id),
          actor: actorOf(options),
          password: read.password,
          mustChange: read.mustChange ?? false,
        }
        await call((caller) => setPassword(needs)(setting, caller))
      },

      /** Sessions stay, and the old address gets a notice. `emailVerified`: whether you vouch for the mailbox; false if it is left out. */
      setEmail: async (
        id: string,
        email: string,
        { emailVerified, ...options }: ActorOption & { readonly emailVerified?: boolean | undefined } = {},
      ): Promise<void> => {
        const acting = { accountId: accountIdOf(id), actor: actorOf(options) }
        const read = readInput(strictObject({ email: Email }, { emailVerified: t.boolean }), { email, emailVerified })
        await call((caller) => setEmail(needs)({ ...acting, email: read.email, emailVerified: read.emailVerified ?? false }, caller))
      },

      /** Replaces what was recorded. Validated by `registrationFields`. */
      setProfile: async (id: string, profile: unknown, options: ActorOption = {}): Promise<void> => {
        const acting = { accountId: accountIdOf(id), actor: actorOf(options) }
        const given = await givenProfile(needs, profile ?? null)
        if (given !== null) await call((caller) => recordProfile(needs)({ ...acting, profile: given }, caller))
      },

      /** Ends every session. */
      disable: (id: string, options: ActorOption = {}): Promise<void> => change(id, options, { type: 'disable' }),
      enable: (id: string, options: ActorOption = {}): Promise<void> => change(id, options, { type: 'enable' }),

      /** Lifts the locks of logins and of code entry. */
      unlock: async (id: string, options: ActorOption = {}): Promise<void> => {
        const acting = { accountId: accountIdOf(id), actor: actorOf(options) }
        await call((caller) => unlock(needs)(acting, caller))
      },

      /** For somebody who lost the device and the recovery codes. Ends every session. */
      resetSecondFactor: async (id: string, options: ActorOption = {}): Promise<void> => {
        const acting = { accountId: accountIdOf(id), actor: actorOf(options) }
        await call((caller) => resetSecondFactor(needs)(acting, caller))
      },

      /** Deletes the data key: nobody can read the person's data again. */
      erase: async (id: string, options: ActorOption = {}): Promise<void> => {
        const acting = { accountId: accountIdOf(id), actor: actorOf(options) }
        const because = erasures[standing(acting.actor, acting.accountId)]
        await call((caller) => eraseAccount(needs)({ ...acting, because }, caller))
      },
    },

    roles: {
      /** `admin` completes the setup, if nobody has: the setup token is void then. */
      grant: async (id: string, role: string, options: ActorOption = {}): Promise<void> => {
        const read = readInput(strictObject({ role: RoleName }), { role })
        if (read.role !== administratorRole) return change(id, options, { type: 'grantRole', role: read.role })
        const acting = { accountId: accountIdOf(id), actor: actorOf(options) }
        await call((caller) => appointAdministrator(needs, acting, caller))
      },
      /** Rejects with `LAST_ADMINISTRATOR` for the `admin` role of the last one. */
      withdraw: async (id: string, role: string, options: ActorOption = {}): Promise<void> =>
        change(id, options, { type: 'withdrawRole', ...readInput(strictObject({ role: RoleName }), { role }) }),
    },

    claims: {
      assert: async (id: string, name: string, value: ClaimValue, options: ActorOption = {}): Promise<void> =>
        change(id, options, {
          type: 'assertClaim',
          ...readInput(strictObject({ name: ClaimName, value: ClaimValueInput }), { name, value }),
        }),
      retract: async (id: string, name: string, options: ActorOption = {}): Promise<void> =>
        change(id, options, { type: 'retractClaim', ...readInput(strictObject({ name: ClaimName }), { name }) }),
    },
  }
}
