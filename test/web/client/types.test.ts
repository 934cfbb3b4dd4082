import { describe, expectTypeOf, test } from 'vitest'
import type { AnswerOf, CallName, Client, CodeOf, InputOf, SessionState } from '../../../web/client/index.ts'

/** Never called: `tsc` fails if one of these lines compiles. */
const wrongCalls = ({ call }: Client) => [
  // @ts-expect-error no such call
  call('GET /logout'),
  // @ts-expect-error a log-in needs a body
  call('POST /login'),
  // @ts-expect-error a log-in needs a password
  call('POST /login', { body: { email: 'ada@example.org' } }),
  // @ts-expect-error which session?
  call('DELETE /sessions/{id}'),
  // @ts-expect-error codes are texts
  call('POST /login/otp', { body: { challenge: 'x', code: 123456 } }),
]

const rightCalls = ({ call }: Client) => [
  call('POST /logout'),
  call('GET /session'),
  call('GET /audit/me', {}),
  call('DELETE /sessions/{id}', { params: { id: 'x' } }),
]

describe('the types of the client', () => {
  test('are those of each call', () => {
    expectTypeOf(wrongCalls).toBeFunction()
    expectTypeOf(rightCalls).toBeFunction()
    expectTypeOf<InputOf<'POST /totp/confirm'>>().toEqualTypeOf<{ readonly body: { readonly code: string } }>()
    expectTypeOf<AnswerOf<'POST /logout'>>().toEqualTypeOf<undefined>()
    expectTypeOf<AnswerOf<'POST /login'>['status']>().toEqualTypeOf<
      'authenticated' | 'second_factor_required' | 'enrollment_required' | 'password_change_required'
    >()
  })

  test('list the codes that a call documents', () => {
    expectTypeOf<'LOCKED_OUT'>().toExtend<CodeOf<'POST /login'>>()
    expectTypeOf<'UNREACHABLE'>().toExtend<CodeOf<CallName>>()
    expectTypeOf<'EMAIL_TAKEN'>().not.toExtend<CodeOf<'POST /login'>>()
  })

  test('lead from the result to its value or its problem', () => {
    const use = async ({ call }: Client) => {
      const result = await call('GET /session')
      // @ts-expect-error it may be a problem
      void result.value
      if (!result.ok) expectTypeOf(result.problem.retryAfter).toEqualTypeOf<number | undefined>()
      else expectTypeOf(result.value?.email).toEqualTypeOf<string | null | undefined>()
    }
    expectTypeOf(use).toBeFunction()
  })

  test('show who is logged in only to whoever has looked', () => {
    expectTypeOf<SessionState['status']>().toEqualTypeOf<'unknown' | 'anonymous' | 'authenticated'>()
    expectTypeOf<Extract<SessionState, { status: 'authenticated' }>['roles']>().toEqualTypeOf<readonly string[]>()
    expectTypeOf<keyof Extract<SessionState, { status: 'anonymous' }>>().toEqualTypeOf<'status'>()
  })
})
