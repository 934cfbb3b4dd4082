/** The probability that a value of `some` is greater than one of `others`: 0.5 if they cannot be distinguished, 0 or 1 if they always can. */
export const areaUnderCurve = (some: readonly number[], others: readonly number[]): number => {
  const ranked = [...some.map((value) => ({ value, own: true })), ...others.map((value) => ({ value, own: false }))].sort(
    (a, b) => a.value - b.value,
  )
  let ranks = 0
  for (let start = 0; start < ranked.length; ) {
    let end = start
    while (end < ranked.length && ranked[end]?.value === ranked[start]?.value) end += 1
    const mean = (start + 1 + end) / 2
    ranks += mean * ranked.slice(start, end).filter(({ own }) => own).length
    start = end
  }
  return (ranks - (some.length * (some.length + 1)) / 2) / (some.length * others.length)
}

export const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
