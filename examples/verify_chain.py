"""Verifies the chain of an identity: python3 verify_chain.py ORIGIN < chain.json

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
    """The bytes of base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def payload(purpose, *fields):
    """What is signed: each field after its length."""
    texts = [text.encode() for text in (f"gatebook/v1/{purpose}", *fields)]
    return b"".join(struct.pack(">I", len(text)) + text for text in texts)


def require(holds, what):
    if not holds:
        sys.exit(f"invalid chain: {what}")


def verify(key, signature, purpose, *fields):
    y = int.from_bytes(raw(key), "little") % 2**255
    require(y < P and y not in SMALL_ORDER, "unusable key")
    try:
        Ed25519PublicKey.from_public_bytes(raw(key)).verify(raw(signature), payload(purpose, *fields))
    except InvalidSignature:
        sys.exit("invalid chain: wrong signature")


def current_key(origin, chain):
    """Ends the program if anything of the chain is wrong. The pending rotation is verified too, but does not count."""
    name, genesis = chain["fingerprint"], chain["genesis"]
    key, last, since = genesis["publicKey"], 0, genesis["introducedAt"]
    require(hashlib.sha256(raw(key)).hexdigest() == name, "the fingerprint is not of the first key")

    link = genesis["link"]
    purpose, more = ("link", [link["subject"], link["challenge"]]) if link else ("introduction", [])
    require(genesis["origin"] == origin, "another origin")
    verify(key, genesis["signature"], purpose, origin, name, *more)

    for step in chain["rotations"] + ([chain["pending"]] if chain["pending"] else []):
        require(step["origin"] == origin and step["sequence"] > last, "another origin or order")
        require(since <= step["proposedAt"] < step["deadline"], "times out of order")
        fields = [origin, name, str(step["sequence"]), key, step["newPublicKey"]]
        verify(key, step["oldSignature"], "rotation", *fields)
        verify(step["newPublicKey"], step["newSignature"], "rotation", *fields)
        if step is not chain["pending"]:
            key, last, since = step["newPublicKey"], step["sequence"], step["deadline"]
    return key


if __name__ == "__main__":
    print(current_key(sys.argv[1], json.load(sys.stdin)))
