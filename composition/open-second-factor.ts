import { isLeft, right } from 'fp-ts/lib/Either.js'
import type { Ports } from '../application/needs.ts'
import type { SendMail } from '../application/ports/mail.ts'
import type { OtpProvider } from '../application/ports/otp.ts'
import { outbox } from '../infrastructure/mail/outbox.ts'
import { smtp } from '../infrastructure/mail/smtp.ts'
import { watchCodes, watchDelivery } from '../infrastructure/observability/watch-deliveries.ts'
import { developmentProvider } from '../infrastructure/otp/development-provider.ts'
import { drawQr } from '../infrastructure/otp/draw-qr.ts'
import { emailProvider } from '../infrastructure/otp/email-provider.ts'
import { totpProvider } from '../infrastructure/otp/totp-provider.ts'
import { recoveryCodes } from '../infrastructure/recovery/recovery-codes.ts'
import { openDerive } from '../infrastructure/sealing/keys/derivation-key.ts'
import type { Hooks } from './hooks.ts'
import type { SecondFactorSettings, Settings } from './settings.ts'

const providerOf = ({ provider, issuer, window }: SecondFactorSettings, sendMail: SendMail): OtpProvider => {
  switch (provider) {
    case 'totp':
      return totpProvider({ issuer, window })
    case 'email':
      return emailProvider(sendMail)
    case 'development':
      return developmentProvider(issuer)
  }
}

const requiresSecondFactor = (required: readonly string[]) => {
  const everybody = required.includes('*')
  return (roles: ReadonlySet<string>) => everybody || required.some((role) => roles.has(role))
}

type Wired = {
  readonly crypto: Pick<Ports['crypto'], 'otp' | 'recoveryCodes' | 'derive' | 'drawQr'>
  readonly mail: Pick<Ports['mail'], 'send' | 'link'>
  readonly policy: Pick<Ports['policy'], 'totpSecrets' | 'requiresSecondFactor'>
  readonly countRefusedCode: () => void
}

/** What the second factor and the mails stand on. To be opened after the key of the blind index, which has the first event of all. */
export async function openSecondFactor(
  settings: Settings,
  sealing: Parameters<typeof openDerive>[0],
  outside: Hooks,
  origin: () => string,
) {
  const derive = await openDerive(sealing)()
  if (isLeft(derive)) return derive
  const { secondFactor, mail, dataDir } = settings
  const { onUndelivered = () => {}, onMail = () => {}, onCodeSent = () => {}, onCodeRefused = () => {} } = outside
  const mailer = { from: mail.from, onFailure: onUndelivered }
  const transport =
    mail.smtpUrl === undefined
      ? outbox({ dataDir, now: sealing.now, newId: sealing.newId, ...mailer })
      : smtp({ url: mail.smtpUrl, ...mailer })
  const sendMail = watchDelivery(transport, onMail)
  const wired: Wired = {
    crypto: {
      otp: watchCodes(outside.otpProvider ?? providerOf(secondFactor, sendMail), onCodeSent),
      recoveryCodes: recoveryCodes({ derive: derive.right, scheme: secondFactor.recoveryCodes, count: secondFactor.recoveryCodeCount }),
      derive: derive.right,
      drawQr,
    },
    mail: { send: sendMail, link: (page, token) => `${origin()}/${page}#${token}` },
    policy: { totpSecrets: secondFactor.secrets, requiresSecondFactor: requiresSecondFactor(secondFactor.roles) },
    countRefusedCode: onCodeRefused,
  }
  return right(wired)
}
