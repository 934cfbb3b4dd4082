import { readFileSync, statSync } from 'node:fs'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { ConsentPurpose, Texts } from '../../domain/consent/purpose.ts'

/** Never repeats what was read. */
export type ConsentsFailure = { readonly type: 'consents_unusable'; readonly detail: string }

type Checked<A> = Either<string, A>

const maxBytes = 262_144
const maxPurposes = 20

const fields = ['purpose', 'version', 'title', 'text'] as const

const expectedOf = {
  purpose: 'a lowercase letter, then up to 63 of a-z, 0-9, _ and -',
  version: '1 to 64 of A-Z, a-z, 0-9, ., _ and -',
  title: 'languages (BCP 47), each with 1 to 200 characters on one line',
  text: 'the languages of the title, each with 1 to 4,000 characters',
}

const isObject = (u: unknown): u is Readonly<Record<string, unknown>> => typeof u === 'object' && u !== null && !Array.isArray(u)

const isLanguage = (tag: string) => {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag
  } catch {
    return false
  }
}

const areTexts = (u: unknown, shape: RegExp): u is Texts =>
  isObject(u) &&
  Object.keys(u).length > 0 &&
  Object.keys(u).every(isLanguage) &&
  Object.values(u).every((text) => typeof text === 'string' && text.isWellFormed() && shape.test(text))

const languages = (texts: Texts) => Object.keys(texts).sort().join(' ')

const wrongField = ({ purpose, version, title, text }: Readonly<Record<string, unknown>>): keyof typeof expectedOf | undefined => {
  if (typeof purpose !== 'string' || !/^[a-z][a-z0-9_-]{0,63}$/.test(purpose)) return 'purpose'
  if (typeof version !== 'string' || !/^[A-Za-z0-9._-]{1,64}$/.test(version)) return 'version'
  if (!areTexts(title, /^[^\p{Cc}]{1,200}$/u)) return 'title'
  return areTexts(text, /^[^\p{Cc}]([^\p{Cc}]|\n){0,3999}$/u) && languages(text) === languages(title) ? undefined : 'text'
}

const mistakeIn = (entry: unknown): string | undefined => {
  if (!isObject(entry) || Object.keys(entry).some((name) => !fields.some((field) => field === name)))
    return `expected an object with ${fields.join(', ')} and nothing else`
  const wrong = wrongField(entry)
  return wrong && `${wrong}: expected ${expectedOf[wrong]}`
}

const check = (entries: unknown): Checked<readonly ConsentPurpose[]> => {
  if (!Array.isArray(entries) || entries.length > maxPurposes) return left(`expected a list of at most ${maxPurposes} purposes`)
  for (const [index, entry] of entries.entries()) {
    const mistake = mistakeIn(entry)
    if (mistake !== undefined) return left(`entry ${index + 1}: ${mistake}`)
    if (entries.findIndex(({ purpose }) => purpose === entry.purpose) < index)
      return left(`entry ${index + 1}: its purpose stands there twice`)
  }
  return right(entries)
}

const parse = (path: string): Checked<unknown> => {
  try {
    const { size } = statSync(path)
    if (size > maxBytes) return left(`expected a file of at most ${maxBytes / 1024} KiB`)
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
    return right(JSON.parse(text))
  } catch (error) {
    const isJson = error instanceof SyntaxError || error instanceof TypeError
    return left(isJson ? 'expected JSON in UTF-8' : 'expected a readable file')
  }
}

export function readConsents(path: string | undefined): Either<ConsentsFailure, readonly ConsentPurpose[]> {
  if (path === undefined) return right([])
  const parsed = parse(path)
  const checked = parsed._tag === 'Left' ? parsed : check(parsed.right)
  return checked._tag === 'Left' ? left({ type: 'consents_unusable', detail: `CONSENTS_FILE: ${checked.left}` }) : checked
}
