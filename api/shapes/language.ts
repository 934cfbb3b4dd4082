import * as t from 'io-ts'
import { mailLanguages } from '../../application/notifications/texts/mail-texts.ts'

/** Of the mails to a person. */
export const Language = t.keyof(
  Object.fromEntries(mailLanguages.map((language) => [language, null])) as Record<(typeof mailLanguages)[number], null>,
  `one of ${mailLanguages.join(', ')}`,
)
