/** The middle one; of an even number the upper of the two in the middle. */
export function median(numbers: readonly number[]) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

/** Plays contestants turn by turn, so that a machine that grows slower does so for all; answers their figures, round by round. */
export async function turnByTurn<Name extends string, Turn>(rounds: number, contestants: Readonly<Record<Name, () => Promise<Turn>>>) {
  const names = Object.keys(contestants) as Name[]
  const figures = Object.fromEntries(names.map((name) => [name, [] as Turn[]])) as Record<Name, Turn[]>
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) figures[name].push(await contestants[name]())
  }
  return figures
}

/** The median of the rounds' own ratios. */
export function medianRatio(of: readonly number[], to: readonly number[]) {
  return median(of.map((figure, round) => figure / (to[round] ?? Number.NaN)))
}
