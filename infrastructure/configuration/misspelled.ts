import { type Environment, prefix } from './read-config.ts'
import { variables } from './variables.ts'

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbors. */
const distance = (a: string, b: string): number => {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let row = 1; row <= a.length; row++) {
    const line = [row]
    rows.push(line)
    for (let column = 1; column <= b.length; column++) {
      const differs = a[row - 1] === b[column - 1] ? 0 : 1
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const swap = isSwap ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY
      line.push(Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + differs, swap))
    }
  }
  return at(a.length, b.length)
}

/** `HOME` is two letters from `HOST`, and `TRUSTED_PROXY` three from `TRUSTED_PROXIES`. */
const tolerance = ({ length }: string) => (length <= 4 ? 1 : length < 15 ? 2 : 3)

export function nearestOf(name: string, names: readonly string[]): string | undefined {
  const near = names.filter((known) => Math.abs(known.length - name.length) <= 3 && distance(name, known) <= tolerance(known))
  return near.sort((a, b) => distance(name, a) - distance(name, b))[0]
}

const isVariable = (name: string) => name in variables || (name.startsWith(prefix) && name.slice(prefix.length) in variables)

/** One line for each variable whose name is almost one of ours. Values are never looked at. */
export function misspelled(environment: Environment): readonly string[] {
  return Object.keys(environment).flatMap((name) => {
    const hasPrefix = name.toUpperCase().startsWith(prefix)
    const bare = hasPrefix ? name.slice(prefix.length) : name
    if (isVariable(name) || !/^\w{3,40}$/.test(bare) || environment[name] === undefined) return []
    const meant = nearestOf(bare.toUpperCase(), Object.keys(variables))
    return meant === undefined ? [] : [`${name} is not a variable of Gatebook and is ignored: is ${hasPrefix ? prefix : ''}${meant} meant?`]
  })
}
