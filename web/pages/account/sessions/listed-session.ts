import type { AnswerOf } from '../../../client/result.ts'

export type ListedSession = AnswerOf<'GET /sessions'>['sessions'][number]
