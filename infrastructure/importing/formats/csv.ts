import papa from 'papaparse'
import { fieldsInText, type MappedUser } from '../mapped-user.ts'

const columns = ['email', 'email_verified', 'password_hash', 'totp_secret', 'roles', 'claims', 'disabled'] as const
type Column = (typeof columns)[number]

const isColumn = (name: string): name is Column => (columns as readonly string[]).includes(name)

const fieldsOf = (line: string): readonly string[] | null => {
  const { data, errors } = papa.parse<string[]>(line, { delimiter: ',' })
  return errors.length === 0 && data.length === 1 ? (data[0] ?? null) : null
}

const flags: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false }

/** What is no flag is left for the codec to refuse. */
const flag = (text: string) => flags[text.toLowerCase()] ?? text

const fieldOf: Readonly<Record<Column, (text: string) => readonly [string, unknown]>> = {
  email: (text) => ['email', text],
  email_verified: (text) => ['emailVerified', flag(text)],
  password_hash: (text) => ['passwordHash', text],
  totp_secret: (text) => ['totpSecret', text],
  roles: (text) => ['roles', text.split(/[\s;]+/).filter((role) => role !== '')],
  claims: (text) => ['claims', fieldsInText(text) ?? text],
  disabled: (text) => ['disabled', flag(text)],
}

/** The first line names the columns. An empty field is one that is left out. */
export function csvAccounts(header: string): ((line: string) => MappedUser) | null {
  const names = fieldsOf(header)?.map((name) => name.trim())
  if (names === undefined || !names.every(isColumn) || !names.includes('email') || new Set(names).size !== names.length) return null
  return (line) => {
    const fields = fieldsOf(line)
    if (fields?.length !== names.length) return { refused: `line: expected ${names.length} fields` }
    const given = names.flatMap((name, at) => {
      const text = fields[at] ?? ''
      return text === '' || !isColumn(name) ? [] : [fieldOf[name](text)]
    })
    return { account: Object.fromEntries(given) }
  }
}

export const csvHeader = columns.join(',')
