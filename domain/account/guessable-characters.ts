/** Fewer characters that nobody can infer from those before them make a password guessable, however long it is. */
const leastInformative = 5

const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'yxcvbnm', 'azertyuiop', '1234567890']

const isStep = (from: string, to: string) => Math.abs((to.codePointAt(0) ?? 0) - (from.codePointAt(0) ?? 0)) === 1

const isNeighbor = (from: string, to: string) => isStep(from, to) || rows.some((row) => row.includes(from + to) || row.includes(to + from))

/** `abcabcabc` is `abc`. */
const unitOf = (letters: readonly string[]) => {
  for (let length = 1; length <= letters.length / 2; length++) {
    if (letters.every((letter, index) => letter === letters[index % length])) return letters.slice(0, length)
  }
  return letters
}

const informative = (letters: readonly string[], follows: (from: string, to: string) => boolean) =>
  letters.filter((letter, index) => index === 0 || !follows(letters[index - 1] ?? '', letter)).length

const isSame = (from: string, to: string) => from === to

/** `aaaaaaaa`, `aaaabbbb`, `xyz1xyz1xyz1` */
export function isRepetitive(letters: readonly string[]) {
  return informative(unitOf(letters), isSame) < leastInformative
}

/** `12345678`, `abcdefgh`, `1234abcd`, `qwertyuiop` */
export function isSequential(letters: readonly string[]) {
  return informative(unitOf(letters), (from, to) => isSame(from, to) || isNeighbor(from, to)) < leastInformative
}
