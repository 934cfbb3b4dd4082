"""Verifies the chain of an identity: python3 verify-chain.py ORIGIN < chain.json

Needs Debian's python3-cryptography. ORIGIN is the public origin of the service. Prints the key that is current.
"""

import base64
import hashlib
import json
import struct
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

P = 2**255 - 19
ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
SMALL_ORDER = {0, 1, P - 1, ORDER_8, P - ORDER_8}


def raw(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def require(holds, what):
    if not holds:
        sys.exit(f"invalid chain: {what}")


def verify(key, signature, *fields):
    y = int.from_bytes(raw(key), "little") % 2**255
    require(y < P and y not in SMALL_ORDER, "unusable key")
    payload = b"".join(struct.pack(">I", len(field)) + field for field in (text.encode() for text in fields))
    try:
        Ed25519PublicKey.from_public_bytes(raw(key)).verify(raw(signature), payload)
    except InvalidSignature:
        sys.exit("invalid chain: wrong signature")


origin = sys.argv[1]
chain = json.load(sys.stdin)
name, genesis = chain["fingerprint"], chain["genesis"]
key, last, since = genesis["publicKey"], 0, genesis["introducedAt"]
require(hashlib.sha256(raw(key)).hexdigest() == name, "the fingerprint is not of the first key")

link = genesis["link"]
purpose, more = ("link", [link["subject"], link["challenge"]]) if link else ("introduction", [])
require(genesis["origin"] == origin, "another origin")
verify(key, genesis["signature"], f"gatebook/v1/{purpose}", origin, name, *more)

for step in chain["rotations"] + ([chain["pending"]] if chain["pending"] else []):
    require(step["origin"] == origin and step["sequence"] > last, "another origin or order")
    require(since <= step["proposedAt"] < step["deadline"], "times out of order")
    signed = ["gatebook/v1/rotation", origin, name, str(step["sequence"]), key, step["newPublicKey"]]
    verify(key, step["oldSignature"], *signed)
    verify(step["newPublicKey"], step["newSignature"], *signed)
    if step is not chain["pending"]:
        key, last, since = step["newPublicKey"], step["sequence"], step["deadline"]
print(key)
