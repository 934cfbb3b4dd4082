"""A client of the WebSocket in Python. It opens the socket, prints the events of its account, and ends when it is closed.

Needs websockets and protobuf, and the messages: protoc --python_out=. -I proto gatebook.proto
An access token is verified first, as another service would do, which needs cryptography.

  socket-client.py ws://localhost:1984/api/1/ws message    reads {"userId", "sessionToken"} from standard input
  socket-client.py ws://localhost:1984/api/1/ws token      reads {"accessToken", "jwks"} from standard input
"""

import asyncio
import base64
import json
import sys

import gatebook_pb2
import websockets
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def say(**line):
    print(json.dumps(line), flush=True)


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def claims_of(token, jwks):
    """Verifies an access token as another service does."""
    head, body, signature = token.split(".")
    kid = json.loads(decoded(head))["kid"]
    key = next(key for key in jwks["keys"] if key["kid"] == kid)
    Ed25519PublicKey.from_public_bytes(decoded(key["x"])).verify(decoded(signature), f"{head}.{body}".encode())
    return json.loads(decoded(body))


async def send(socket, number, **payload):
    await socket.send(gatebook_pb2.Envelope(id=number, **payload).SerializeToString())


async def main(url, way, given):
    if way == "token":
        say(signed=claims_of(given["accessToken"], given["jwks"])["sub"])
        url = f"{url}?token={given['accessToken']}"
    try:
        async with websockets.connect(url, max_size=65536) as socket:
            if way == "message":
                authenticate = gatebook_pb2.Authenticate(user_id=given["userId"], session_token=given["sessionToken"])
                await send(socket, 1, authenticate=authenticate)
            async for frame in socket:
                envelope = gatebook_pb2.Envelope.FromString(frame)
                kind = envelope.WhichOneof("payload")
                if kind == "authenticated":
                    say(authenticated=envelope.authenticated.user_id)
                    await send(socket, 2, server_info_request=gatebook_pb2.ServerInfoRequest())
                elif kind == "server_info":
                    say(service=envelope.server_info.name)
                    await send(socket, 3, subscribe_my_events=gatebook_pb2.SubscribeMyEvents())
                elif kind == "subscribed":
                    say(subscribed=envelope.subscribed.position != "")
                elif kind == "my_event":
                    say(event=envelope.my_event.type, at=envelope.my_event.at.ToJsonString())
        say(closed=socket.close_code)
    except websockets.ConnectionClosed:
        say(closed=socket.close_code)


asyncio.run(main(sys.argv[1], sys.argv[2], json.load(sys.stdin)))
