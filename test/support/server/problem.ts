import { type ProblemCode, problems } from '../../../api/problems.ts'

/** The body of a problem response. */
export const problem = (code: ProblemCode, extra: object = {}) => ({
  type: `urn:gatebook:problem:${code.toLowerCase().replaceAll('_', '-')}`,
  title: problems[code].title,
  status: problems[code].status,
  code,
  ...extra,
})
