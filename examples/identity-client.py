"""An identity from its introduction to its next key: python3 identity-client.py ORIGIN

Needs Debian's python3-cryptography, and what gatebook_socket.py needs. ORIGIN is the public origin of the service.
Introduces a key, logs in by it, opens the socket by both ways, reads its events, replaces the key, and waits until that
is complete. Prints each step as a line of JSON, and ends with an error at the first one that is not as it should be.
"""

import asyncio
import base64
import hashlib
import json
import sys
import urllib.error
import urllib.request

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from gatebook_socket import connect
from verify_chain import current_key, payload, raw

origin = sys.argv[1]


def say(step, **more):
    print(json.dumps({"step": step, **more}), flush=True)


def require(holds, what):
    if not holds:
        sys.exit(f"failed: {what}")


def text_of(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def public(key):
    return text_of(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def signature(key, purpose, *fields):
    return text_of(key.sign(payload(purpose, origin, *fields)))


def call(method, path, body=None, token=None):
    """The status and the body of a response."""
    headers = {"content-type": "application/json"} if body is not None else {}
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(origin + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            text = response.read()
            return response.status, json.loads(text) if text else None
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.loads(refusal.read())


def expect(status, method, path, body=None, token=None):
    found, answer = call(method, path, body, token)
    require(found == status, f"{method} {path.replace(name, ':fingerprint')} is {found}, expected {status}: {answer}")
    return answer


def log_in(key, status=200):
    challenge = expect(200, "POST", f"/api/1/identities/{name}/challenge")["challenge"]
    body = {"challenge": challenge, "signature": signature(key, "login", name, challenge), "transport": "bearer"}
    return expect(status, "POST", f"/api/1/identities/{name}/login", body)


def access_token(session):
    """One for the session, verified as another service does."""
    token = expect(200, "POST", "/api/1/token", {}, session["token"])["accessToken"]
    head, claims, signed = token.split(".")
    kid = json.loads(raw(head))["kid"]
    jwk = next(jwk for jwk in expect(200, "GET", "/.well-known/jwks.json")["keys"] if jwk["kid"] == kid)
    Ed25519PublicKey.from_public_bytes(raw(jwk["x"])).verify(raw(signed), f"{head}.{claims}".encode())
    require(json.loads(raw(claims))["sub"] == session["accountId"], "the access token is of another account")
    return token


async def event_of(socket, kind):
    """The next event of that kind, with the kinds before it."""
    before = []
    while True:
        event = await socket.next_event()
        if event.type == kind:
            return event, before
        before.append(event.type)


def chain():
    return expect(200, "GET", f"/api/1/identities/{name}/chain")


def propose_rotation():
    sequence = str(chain()["nextSequence"])
    fields = [name, sequence, public(old), public(new)]
    signatures = {"oldSignature": signature(old, "rotation", *fields), "newSignature": signature(new, "rotation", *fields)}
    return expect(202, "POST", f"/api/1/identities/{name}/rotation", {"newPublicKey": public(new), **signatures})["deadline"]


async def main():
    body = {"publicKey": public(old), "signature": signature(old, "introduction", name), "transport": "bearer"}
    introduced = expect(201, "POST", "/api/1/identities", body)
    account = introduced["accountId"]
    require(introduced["fingerprint"] == name, "the fingerprint is not the SHA-256 of the key")
    say("introduced", fingerprint=name, account=account)

    session = log_in(old)
    require(session["accountId"] == account, "logged in to another account")
    say("logged in")

    socket = await connect(origin, access_token(session))
    require((await socket.answer(0)).user_id == account, "the socket is of another account")
    info = await socket.server_info()
    say("opened by token", service=info.name, version=info.api_version)
    await socket.subscribe()
    log_in(old)
    seen, _ = await event_of(socket, "SessionGranted")
    await socket.close()
    say("read an event", account=seen.account, summary=seen.summary)

    log_in(old)
    socket = await connect(origin)
    require((await socket.authenticate(account, session["token"])).user_id == account, "the socket is of another account")
    await socket.subscribe(after=seen.position)
    missed, _ = await event_of(socket, "SessionGranted")
    require(missed.position != seen.position, "an event came twice")
    say("opened by message, and resumed")

    deadline = propose_rotation()
    seen, _ = await event_of(socket, "KeyRotationProposed")
    log_in(new, 401)
    log_in(old)
    require(current_key(origin, chain()) == public(old), "the new key counts before the deadline")
    until = (await socket.authenticate(account, session["token"])).expires_at
    say("proposed", deadline=deadline, closes=until.ToJsonString())

    code = await socket.closed()
    require(code == 4001, f"the socket was closed with {code}")
    while chain()["pending"] is not None:
        await asyncio.sleep(1)
    say("closed", code=code)

    expect(401, "GET", "/api/1/session", token=session["token"])
    log_in(old, 401)
    session = log_in(new)
    require(session["accountId"] == account, "the new key is of another account")
    socket = await connect(origin)
    await socket.authenticate(account, session["token"])
    await socket.subscribe(after=seen.position)
    _, between = await event_of(socket, "KeyRotationCompleted")
    say("logged in by the new key", between=between)

    verified = chain()
    require(current_key(origin, verified) == public(new), "the chain ends with another key")
    say("verified", rotations=len(verified["rotations"]))

    expect(204, "POST", "/api/1/logout/everywhere", token=session["token"])
    code = await socket.closed()
    require(code == 4009, f"the socket was closed with {code}")
    say("logged out", code=code)


old, new = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
name = hashlib.sha256(raw(public(old))).hexdigest()
asyncio.run(main())
