import type { Context } from '../../api/context.ts'
import { longestPassword } from '../../domain/account/password-policy.ts'
import { lengthsOf, namesOf } from '../../infrastructure/configuration/policies.ts'
import { policyInForce } from '../../infrastructure/configuration/policy-in-force.ts'
import type { Values } from '../../infrastructure/configuration/variables.ts'
import type { Gatebook } from '../gatebook.ts'
import { readHealth } from './read-health.ts'

type Information = Pick<Context, 'settings' | 'logo' | 'health' | 'policyInForce'>

/** What `GET /settings`, `/logo`, `/admin/health` and `/admin/policy` answer. */
export function serviceInformation(gatebook: Gatebook, values: Values, hasCaptcha: boolean): Information {
  const { minLength, minLengthWithFactor } = lengthsOf(values)
  const { logo, ports } = gatebook
  const [name = ''] = namesOf(values)
  return {
    settings: {
      service: { name, logo: logo === null ? null : '/logo', color: values.BRAND_COLOR ?? null },
      registration: values.REGISTRATION,
      captcha: hasCaptcha,
      password: { minLength, minLengthWithSecondFactor: minLengthWithFactor, maxLength: longestPassword },
      secondFactor: { provider: ports.crypto.otp.name, recoveryCodes: values.RECOVERY_CODES },
    },
    logo,
    health: readHealth(gatebook, values.EVENT_STORE),
    policyInForce: policyInForce(values),
  }
}
