export const mailLanguages = ['en', 'de', 'fr', 'es'] as const
export type MailLanguage = (typeof mailLanguages)[number]

/** `html` is shown in place of `text` by programs that can. */
export type Letter = { readonly subject: string; readonly text: string; readonly html?: string }

type Linked = { readonly link: string }
type Happened = { readonly at: Date }
type Nothing = Readonly<Record<never, never>>

/** What each mail is about: nothing that a caller typed. */
export type MailContents = {
  readonly registration: Linked
  readonly alreadyRegistered: Nothing
  readonly invitation: Linked
  readonly emailChange: Linked
  readonly emailTaken: Nothing
  readonly emailChangeRequested: Happened
  readonly emailReplaced: Happened
  readonly passwordReset: Linked
  readonly oneTimeCode: { readonly code: string; readonly validMinutes: number }
  readonly secondFactorAdded: Happened
  readonly secondFactorRemoved: Happened
  readonly recoveryCodesReplaced: Happened
  readonly recoveryCodeUsed: Happened
  readonly enrollmentStarted: Happened
  readonly codeEntryLocked: Happened
  readonly refreshTokenReused: Happened
  readonly newDevice: Happened
  readonly roleGranted: Happened
  readonly passwordChanged: Happened
  readonly keyAdded: Happened
  readonly keyRemoved: Happened
  readonly keyRotationProposed: Happened & { readonly deadline: Date }
  readonly accountErased: Happened
  readonly lockedOut: Happened & { readonly until: Date }
  readonly loginAfterFailures: Happened & { readonly failures: number }
}

export type MailKind = keyof MailContents

export type MailMessage = { readonly [Kind in MailKind]: { readonly kind: Kind; readonly content: MailContents[Kind] } }[MailKind]

/** All texts of one language. One that is missing does not compile. */
export type MailTexts = { readonly [Kind in MailKind]: (content: MailContents[Kind]) => Letter }

/** In UTC, because nobody knows where the reader is. */
export function timeIn(language: MailLanguage) {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return (at: Date) => `${format.format(at)} UTC`
}

/** A link or a code is a paragraph of its own. */
export function letter(subject: string, ...paragraphs: readonly string[]): Letter {
  return { subject, text: `${paragraphs.join('\n\n')}\n` }
}
