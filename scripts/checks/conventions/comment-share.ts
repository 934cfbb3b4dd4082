import type { Convention } from './source.ts'

const mostPercent = 5

/** Names carry the meaning. A comment says why, and those are few. */
export const fewComments: Convention = (sources) => {
  const counts = sources.map(({ path, text }) => ({ path, ...countLines(text) }))
  const lines = counts.reduce((sum, count) => sum + count.lines, 0)
  const comments = counts.reduce((sum, count) => sum + count.comments, 0)
  const percent = (100 * comments) / lines
  if (percent <= mostPercent) return []
  const most = counts.sort((a, b) => b.comments - a.comments).slice(0, 10)
  return [
    `${percent.toFixed(1)} % of the product's lines are comments, at most ${mostPercent} % are allowed`,
    ...most.map(({ path, comments, lines }) => `${path} has ${comments} comment lines of ${lines}`),
  ]
}

const countLines = (text: string) => {
  const lines = text.split('\n').map((line) => line.trim())
  let isInBlock = false
  let comments = 0
  for (const line of lines) {
    if (isInBlock || line.startsWith('//') || line.startsWith('/*')) comments += 1
    if (line.startsWith('/*')) isInBlock = true
    if (line.includes('*/')) isInBlock = false
  }
  return { lines: lines.length, comments }
}
