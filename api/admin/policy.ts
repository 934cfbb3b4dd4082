import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { Policy } from '../shapes/policy.ts'

export function policyRoute({ guards, policyInForce }: Context) {
  return defineRoute({
    method: 'GET',
    url: '/admin/policy',
    tag: 'Administration',
    summary: 'List the configuration that is in force',
    description:
      'A secret, or a value that may name a person, is `"set"`. A value of `null` is not set: `default` then says in words what applies, if anything does.',
    guards: guards.admin,
    responses: { 200: Policy },
  })(() => ({ status: 200, body: { policy: policyInForce } }))
}
