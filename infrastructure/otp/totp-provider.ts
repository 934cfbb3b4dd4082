import type { OtpProvider } from '../../application/ports/otp.ts'
import { matchingStep, newSecret, otpauthUri, secretOf } from './one-time-code.ts'

/** `window`: steps of 30 seconds to either side. */
export type TotpOptions = { readonly issuer: string; readonly window: number }

export function totpProvider({ issuer, window }: TotpOptions): OtpProvider {
  return {
    name: 'totp',
    newSecret,
    secretOf,
    uri: (secret, label) => otpauthUri(issuer, label, secret),
    matchingStep: (secret, code, at) => matchingStep(secret, code, at, { earlier: window, later: window }),
  }
}
