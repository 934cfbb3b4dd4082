import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { removeDevice } from '../../application/devices/known-device.ts'
import { streams } from '../../application/journal/streams.ts'
import { type AccountId, DeviceId } from '../../domain/kernel/ids.ts'
import { time, uuid } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { status } from '../refusals.ts'
import { Device, deviceOf } from './device.ts'
import { opened } from './list-sessions.ts'

/** `userAgent`: null if it was not sent, or can no longer be decrypted. */
export const KnownDevice = strictObject({ id: uuid(DeviceId), rememberedAt: time, userAgent: t.union([t.string, t.null]), device: Device })

/** Oldest first. */
export function knownDevices(context: Context, accountId: AccountId) {
  return pipe(
    context.journal.load(streams.devices(accountId)),
    TE.chainTaskK(({ state }) => async () => {
      const known = [...state.devices].map(async ([id, { rememberedAt, userAgent: sealed }]) => {
        const userAgent = await opened(context, 'user_agent', sealed)
        return { id, rememberedAt, userAgent, device: deviceOf(userAgent) }
      })
      return Promise.all(known)
    }),
  )
}

export function listDevicesRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/devices',
    tag: 'Sessions',
    summary: 'List the devices that the account knows',
    description: 'A login from such a device has attempts of its own: whoever guesses elsewhere cannot lock it out.',
    guards: context.guards.session,
    responses: { 200: strictObject({ devices: t.array(KnownDevice) }) },
    problems: ['STORE_UNAVAILABLE'],
  })((_, request) =>
    context.answer(
      knownDevices(context, sessionOf(request).accountId),
      (devices) => ({ status: 200, body: { devices: devices.toReversed() } }) as const,
    ),
  )
}

export function removeDeviceRoute(context: Context) {
  return defineRoute({
    method: 'DELETE',
    url: '/devices/:id',
    tag: 'Sessions',
    summary: 'Forget a device',
    params: strictObject({ id: uuid(DeviceId) }),
    guards: context.guards.session,
    responses: { 204: null },
    problems: ['NOT_FOUND', 'STORE_UNAVAILABLE'],
  })(({ params }, request) =>
    context.answer(removeDevice(context)(sessionOf(request).accountId, params.id, context.callerOf(request)), status(204)),
  )
}
