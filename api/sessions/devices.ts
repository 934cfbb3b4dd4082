import * as t from 'io-ts'
import { removeDevice } from '../../application/devices/known-device.ts'
import { streams } from '../../application/journal/streams.ts'
import { DeviceId } from '../../domain/kernel/ids.ts'
import { time, uuid } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import { defineRoute } from '../http/route.ts'
import { status } from '../refusals.ts'

const Device = strictObject({ id: uuid(DeviceId), rememberedAt: time })

export function listDevicesRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/devices',
    tag: 'Sessions',
    summary: 'List the devices that the account knows',
    description: 'A login from such a device has attempts of its own: whoever guesses elsewhere cannot lock it out.',
    guards: context.guards.session,
    responses: { 200: strictObject({ devices: t.array(Device) }) },
    problems: ['STORE_UNAVAILABLE'],
  })((_, request) =>
    context.answer(context.journal.load(streams.devices(sessionOf(request).accountId)), ({ state }) => {
      const devices = [...state.devices].map(([id, { rememberedAt }]) => ({ id, rememberedAt })).reverse()
      return { status: 200, body: { devices } } as const
    }),
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
