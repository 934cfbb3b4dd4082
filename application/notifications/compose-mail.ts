import type { Task } from 'fp-ts/lib/Task.js'
import { ownTexts } from './own-texts.ts'
import { english } from './texts/english.ts'
import { french } from './texts/french.ts'
import { german } from './texts/german.ts'
import type { Letter, MailContents, MailKind, MailLanguage, MailMessage, MailTexts } from './texts/mail-texts.ts'
import { spanish } from './texts/spanish.ts'

/** Texts of the host app in place of the built-in ones, for some mails or all. A string of HTML may stand beside the text. */
export type OwnMailTexts = {
  readonly [Kind in MailKind]?: (content: MailContents[Kind] & { readonly language: MailLanguage }) => Letter | Promise<Letter>
}

export type ComposeMail = (message: MailMessage, language: MailLanguage) => Task<Letter>

type Write = (content: MailMessage['content'] & { readonly language: MailLanguage }) => unknown

type Options = {
  readonly own: OwnMailTexts
  /** Called when a text of the host app cannot be used, and the built-in one is sent. */
  readonly onFault: (kind: MailKind, error: unknown) => void
  /** Runs a text of the host app. */
  readonly run?: ReturnType<typeof ownTexts>['run']
}

const builtIn: Readonly<Record<MailLanguage, MailTexts>> = { en: english, de: german, fr: french, es: spanish }

export function isMailKind(name: string): name is MailKind {
  return Object.hasOwn(english, name)
}

const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.trim() !== '' && value.length <= most

/** What the mail server would refuse must not keep the mail from being sent. */
const isLetter = (written: unknown): written is Letter => {
  const { subject, text, html } = (written ?? {}) as Partial<Record<keyof Letter, unknown>>
  const isSubject = isText(subject, 200) && !/[\p{Cc}\u2028\u2029]/u.test(subject) && subject.isWellFormed()
  return isSubject && isText(text, 100_000) && (html === undefined || isText(html, 500_000))
}

/** A text of the host app that throws, hangs or returns no letter loses no mail: the built-in one is sent. */
export function composeMail({ own, onFault, run = ownTexts().run }: Options): ComposeMail {
  return ({ kind, content }, language) =>
    async () => {
      const standard = builtIn[language][kind] as (content: MailMessage['content']) => Letter
      const write = own[kind] as Write | undefined
      if (write === undefined) return standard(content)
      try {
        const written = await run(kind, () => write({ ...content, language }))
        if (!isLetter(written)) throw new TypeError('returned no letter')
        const { subject, text, html } = written
        return { subject, text, ...(html === undefined ? {} : { html }) }
      } catch (error) {
        onFault(kind, error)
        return standard(content)
      }
    }
}
