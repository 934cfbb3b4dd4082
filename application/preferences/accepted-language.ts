import { type MailLanguage, mailLanguages } from '../notifications/texts/mail-texts.ts'

/** Longer headers come from no browser. */
const mostRanges = 20

const weightOf = (parameter: string | undefined) => {
  if (parameter === undefined) return 1
  const [, weight] = /^\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*$/.exec(parameter) ?? []
  return weight === undefined ? 0 : Number(weight)
}

/** The one of our languages that an `Accept-Language` header (RFC 9110) prefers; `null` if it names none. */
export function acceptedLanguage(header: string | undefined): MailLanguage | null {
  const ranges = (header ?? '').split(',', mostRanges).map((range) => {
    const [tag = '', parameter] = range.split(';')
    const primary = tag.trim().toLowerCase().split('-')[0]
    return { language: mailLanguages.find((language) => language === primary), weight: weightOf(parameter) }
  })
  const best = ranges.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight)
  return best.find(({ language }) => language !== undefined)?.language ?? null
}
