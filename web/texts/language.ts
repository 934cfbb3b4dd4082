export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** The same texts in each language. A text that one of them lacks does not compile. */
export type Catalog<Texts> = Readonly<Record<Language, Texts>>

const isLanguage = (tag: string): tag is Language => (languages as readonly string[]).includes(tag)

/** The first of the person's languages that there are texts in, English otherwise. */
export function languageOf(wanted: readonly string[]): Language {
  return wanted.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find(isLanguage) ?? 'en'
}
