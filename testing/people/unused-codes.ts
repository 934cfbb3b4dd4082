import { instant } from '../../domain/kernel/instant.ts'
import { codeAt, stepAt } from '../../infrastructure/otp/one-time-code.ts'

type Clock = { readonly now: () => number; readonly advance: (milliseconds: number) => void }

const stepLength = 30_000

/** A code is accepted once. One that expires within this time may not get there. Milliseconds. */
const margin = 5_000

/** The time step of the newest code of each secret. */
export type ShownCodes = { readonly get: (secret: string) => number | undefined; readonly set: (secret: string, step: number) => unknown }

/** An authenticator app for each secret, which never shows a code twice. */
export function unusedCodes({ now, advance }: Clock, shown: ShownCodes = new Map<string, number>()) {
  return (secret: string): string => {
    const at = now()
    const soon = stepAt(instant(at + margin))
    const step = Math.max(soon, (shown.get(secret) ?? 0) + 1)
    shown.set(secret, step)
    if (step > stepAt(instant(at))) advance(step * stepLength - at)
    return codeAt(secret, step)
  }
}
