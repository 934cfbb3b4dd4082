import { EmailAddress } from '../../domain/account/email-address.ts'
import { described, text } from '../codecs/primitives.ts'
import { TransportChoice } from './session.ts'

export const Email = described(EmailAddress, 'an e-mail address of at most 254 characters', {
  type: 'string',
  format: 'email',
  maxLength: 254,
})

/** Wider than what may be chosen, so that a password that is too long gets the rule's own answer. */
export const Password = text(1, 4096)

export const credentials = { email: Email, password: Password }
export const transport = { transport: TransportChoice }
