import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { Ports } from '../../application/needs.ts'
import { composeMail } from '../../application/notifications/compose-mail.ts'
import { ownTexts } from '../../application/notifications/own-texts.ts'
import type { Now } from '../../application/ports/clock.ts'
import type { QueueMail } from '../../application/ports/mail.ts'
import type { OtpProvider } from '../../application/ports/otp.ts'
import type { Values } from '../../infrastructure/configuration/variables.ts'
import { ed25519IdentityKeys } from '../../infrastructure/identity-keys/ed25519-identity-keys.ts'
import { mailedLinks } from '../../infrastructure/mail/mailed-links.ts'
import { type MailLoad, openMail } from '../../infrastructure/mail/open-mail.ts'
import type { Hooks } from '../../infrastructure/observability/hooks.ts'
import { watchCodes } from '../../infrastructure/observability/watch-deliveries.ts'
import { developmentProvider } from '../../infrastructure/otp/development-provider.ts'
import { drawQr } from '../../infrastructure/otp/draw-qr.ts'
import { emailProvider, type WriteCode } from '../../infrastructure/otp/email-provider.ts'
import { onWallClock } from '../../infrastructure/otp/on-wall-clock.ts'
import { totpProvider } from '../../infrastructure/otp/totp-provider.ts'
import { readCode } from '../../infrastructure/recovery/code-text.ts'
import { recoveryCodes } from '../../infrastructure/recovery/recovery-codes.ts'
import { openDerive } from '../../infrastructure/sealing/keys/derivation-key.ts'

const providerOf = (
  { TOTP_ENABLED, OTP_PROVIDER, TOTP_ISSUER, TOTP_WINDOW }: Values,
  sendMail: QueueMail,
  write: WriteCode,
): OtpProvider => {
  if (!TOTP_ENABLED) return developmentProvider(TOTP_ISSUER)
  return OTP_PROVIDER === 'email' ? emailProvider(sendMail, write) : totpProvider({ issuer: TOTP_ISSUER, window: TOTP_WINDOW })
}

const requiresSecondFactor = (required: readonly string[]) => {
  const everybody = required.includes('*')
  return (roles: ReadonlySet<string>) => everybody || required.some((role) => roles.has(role))
}

type Wired = {
  readonly crypto: Pick<Ports['crypto'], 'otp' | 'readCode' | 'recoveryCodes' | 'derive' | 'drawQr' | 'identityKeys'>
  readonly mail: Omit<Ports['mail'], 'pace'>
  readonly policy: Pick<Ports['policy'], 'totpSecrets' | 'requiresSecondFactor' | 'origin'>
  readonly countRefusedCode: () => void
  readonly stopMail: () => void
  readonly mailLoad: () => MailLoad
}

type Outer = { readonly wall: Now; readonly origin: () => string; readonly writeCode: WriteCode }

/** Call it after `openKeys`, whose event must be the first one in the log. */
export async function openSecondFactor(values: Values, sealing: Parameters<typeof openDerive>[0], hooks: Hooks, outer: Outer) {
  const derive = await openDerive(sealing)()
  if (isLeft(derive)) return derive
  const { DATA_DIR: dataDir, SMTP_URL, MAIL_FROM } = values
  const { onUndelivered = () => {}, onMail = () => {}, onCodeSent = () => {}, onCodeRefused = () => {} } = hooks
  const { now, newId } = sealing
  const mail = openMail({ url: SMTP_URL, dataDir, from: MAIL_FROM, now, newId, onFailure: onUndelivered, onMail, wrap: hooks.wrapMail })
  const texts = ownTexts()
  const wired: Wired = {
    crypto: {
      otp: watchCodes(onWallClock(hooks.otpProvider ?? providerOf(values, mail.sendNow, outer.writeCode), outer.wall), onCodeSent),
      recoveryCodes: recoveryCodes({ derive: derive.right, scheme: values.RECOVERY_CODES, count: values.RECOVERY_CODE_COUNT }),
      readCode,
      derive: derive.right,
      drawQr,
      identityKeys: ed25519IdentityKeys,
    },
    mail: {
      send: mail.send,
      compose: composeMail({ own: hooks.mailTexts ?? {}, onFault: hooks.onMailText ?? (() => {}), run: texts.run }),
      defaultLanguage: values.MAIL_LANGUAGE,
      link: mailedLinks(values, outer.origin),
    },
    policy: {
      totpSecrets: values.TOTP_SECRETS,
      requiresSecondFactor: requiresSecondFactor(values.SECOND_FACTOR_ROLES),
      origin: outer.origin,
    },
    countRefusedCode: onCodeRefused,
    stopMail: () => {
      texts.stop()
      mail.stop()
    },
    mailLoad: mail.load,
  }
  return right(wired)
}
