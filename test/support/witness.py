"""A witness of C2SP tlog-witness, written from the specification alone. Arguments: its name and the verifier key of the log.

Prints its port and its verifier key. GET /size tells what it has cosigned.
"""
import base64, hashlib, json, sys, time
from http.server import BaseHTTPRequestHandler, HTTPServer
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

name, log_vkey = sys.argv[1:3]
log_name, log_id, log_key = log_vkey.split("+", 2)
log_public = Ed25519PublicKey.from_public_bytes(base64.b64decode(log_key)[1:])
secret = Ed25519PrivateKey.generate()
public = secret.public_key().public_bytes_raw()
own_id = hashlib.sha256(name.encode() + b"\n\x04" + public).digest()[:4]
latest = {"size": 0, "root": None}

node = lambda left, right: hashlib.sha256(b"\x01" + left + right).digest()


def leads(old, old_root, new, new_root, proof):
    """RFC 9162, section 2.1.4.2."""
    if old == 0 or old == new:
        return proof == [] and (old == 0 or old_root == new_root)
    if old & (old - 1) == 0:
        proof = [old_root] + proof
    if not proof:
        return False
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof[0]
    for c in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return fr == old_root and sr == new_root and sn == 0


def is_signed(text, lines):
    for line in lines:
        _, signer, encoded = line.split(" ")
        raw = base64.b64decode(encoded)
        if signer == log_name and raw[:4].hex() == log_id:
            try:
                log_public.verify(raw[4:], text.encode())
                return True
            except InvalidSignature:
                pass
    return False


def answer(body):
    head, text, signatures = body.split("\n\n")
    text += "\n"
    old_line, *hashes = head.split("\n")
    old, proof = int(old_line.removeprefix("old ")), [base64.b64decode(h) for h in hashes]
    origin, size, root = text.split("\n")[:3]
    size, root = int(size), base64.b64decode(root)
    if origin != log_name:
        return 404, ""
    if not is_signed(text, signatures.splitlines()):
        return 403, ""
    if old > size:
        return 400, ""
    if old != latest["size"] or (old == size and root != latest["root"]):
        return 409, f"{latest['size']}\n"
    if not leads(old, latest["root"], size, root, proof):
        return 422, ""
    latest.update(size=size, root=root)
    now = int(time.time())
    signature = secret.sign(f"cosignature/v1\ntime {now}\n{text}".encode())
    raw = own_id + now.to_bytes(8, "big") + signature
    return 200, f"\u2014 {name} {base64.b64encode(raw).decode()}\n"


class Handler(BaseHTTPRequestHandler):
    def send(self, status, text):
        self.send_response(status)
        self.send_header("content-type", "text/x.tlog.size" if status == 409 else "text/plain")
        self.end_headers()
        self.wfile.write(text.encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.send(*(answer(body) if self.path == "/w/add-checkpoint" else (404, "")))

    def do_GET(self):
        self.send(200, str(latest["size"]))

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
vkey = "+".join([name, own_id.hex(), base64.b64encode(b"\x04" + public).decode()])
print(json.dumps({"port": server.server_port, "vkey": vkey}), flush=True)
server.serve_forever()
