import { isLeft } from 'fp-ts/lib/Either.js'
import { type EmailAddress, readEmailAddress } from '../../../domain/account/email-address.ts'

export const emailAddress = (text: string): EmailAddress => {
  const read = readEmailAddress(text)
  if (isLeft(read)) throw new Error('Not an address')
  return read.right
}
