/** Recorded text must not control the terminal it is printed on. */
export function printable(text: string) {
  return text.replace(/\p{C}/gu, '\ufffd')
}

export type Cell = string | number | boolean | null

const shown = (cell: Cell) => (cell === null ? '-' : printable(String(cell)))

/** Lines of equal columns, each as wide as its longest cell. */
export function columns(heads: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [heads, ...rows.map((row) => row.map(shown))]
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** One line for each field. */
export function fields(named: Readonly<Record<string, Cell>>): string {
  const width = Math.max(...Object.keys(named).map(({ length }) => length))
  return Object.entries(named)
    .map(([name, value]) => `${name.padEnd(width)}  ${shown(value)}`)
    .join('\n')
}
