import { nodeProblem } from './node-problem.ts'

const problem = nodeProblem(process.versions.node)
// better-sqlite3 ends an older Node with a segmentation fault. Node 18 gets here because nobody imports by name what its modules lack.
if (problem !== undefined) throw new Error(problem)
