"""The socket of Gatebook, for a client in Python. docs/websocket.md has its rules.

Needs Debian's python3-websockets and python3-protobuf, and the messages: protoc --python_out=. -I proto gatebook.proto
"""

import asyncio
import collections

import gatebook_pb2
import websockets

ANSWER_SECONDS = 30


class Socket:
    def __init__(self, connection):
        self.connection = connection
        self.events = collections.deque()
        self.asked = 0

    async def receive(self):
        frame = await asyncio.wait_for(self.connection.recv(), ANSWER_SECONDS)
        return gatebook_pb2.Envelope.FromString(frame)

    async def answer(self, number):
        """What answers that message. Events that come before it are kept."""
        while True:
            envelope = await self.receive()
            kind = envelope.WhichOneof("payload")
            if kind == "my_event":
                self.events.append(envelope.my_event)
            elif envelope.id == number:
                if kind == "error":
                    raise RuntimeError(envelope.error.code)
                return getattr(envelope, kind)

    async def ask(self, **message):
        self.asked += 1
        await self.connection.send(gatebook_pb2.Envelope(id=self.asked, **message).SerializeToString())
        return await self.answer(self.asked)

    async def authenticate(self, user_id, session_token):
        message = gatebook_pb2.Authenticate(user_id=user_id, session_token=session_token)
        return await self.ask(authenticate=message)

    async def server_info(self):
        return await self.ask(server_info_request=gatebook_pb2.ServerInfoRequest())

    async def subscribe(self, after=""):
        return await self.ask(subscribe_my_events=gatebook_pb2.SubscribeMyEvents(after=after))

    async def next_event(self):
        while not self.events:
            envelope = await self.receive()
            if envelope.WhichOneof("payload") == "my_event":
                self.events.append(envelope.my_event)
        return self.events.popleft()

    async def closed(self):
        """The code with which the socket is closed."""
        await self.connection.wait_closed()
        return self.connection.close_code

    async def close(self):
        await self.connection.close()


async def connect(origin, access_token=None):
    """With an access token the socket is authenticated by its address, and the first answer has the number 0."""
    address = f"{origin.replace('http', 'ws', 1)}/api/1/ws"
    query = "" if access_token is None else f"?token={access_token}"
    return Socket(await websockets.connect(address + query, max_size=65536))
