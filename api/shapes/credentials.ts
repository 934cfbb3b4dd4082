import { EmailAddress } from '../../domain/account/email-address.ts'
import { described, text } from '../codecs/primitives.ts'
import { TransportChoice } from './transport.ts'

export const Email = described(EmailAddress, 'an email address of at most 254 characters', {
  type: 'string',
  format: 'email',
  maxLength: 254,
})

/** Wider than the password policy, so that a password that is too long is refused with `PASSWORD_REJECTED`. */
export const Password = text(1, 4096)

export const credentials = { email: Email, password: Password }
export const transport = { transport: TransportChoice }
