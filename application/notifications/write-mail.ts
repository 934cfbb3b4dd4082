import { isLeft } from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { Needs } from '../needs.ts'
import { chosenLanguage } from '../preferences/language.ts'
import type { Letter, MailLanguage, MailMessage } from './texts/mail-texts.ts'

/** The account that reads it. Without one, the language of whoever asked for it, `null` if that is not known. */
type Reader = { readonly account: AccountId } | { readonly language: MailLanguage | null }

/** A language that cannot be read keeps no mail back. */
const languageFor = async (needs: Needs<'journal' | 'crypto'>, reader: Reader) => {
  if ('language' in reader) return reader.language
  const known = await chosenLanguage(needs)(reader.account)()
  return isLeft(known) ? null : known.right
}

export const writeMail =
  (needs: Needs<'journal' | 'crypto' | 'mail'>) =>
  (message: MailMessage, reader: Reader): Task<Letter> =>
  async () => {
    const { compose, defaultLanguage } = needs.mail
    return compose(message, (await languageFor(needs, reader)) ?? defaultLanguage)()
  }
