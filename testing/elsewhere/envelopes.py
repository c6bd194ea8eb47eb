"""Verifies DSSE envelopes, and what they say of files, with the library `cryptography`.

Usage: python3 envelopes.py TRUST ROOT RUN_ID
"""
import base64
import hashlib
import json
import pathlib
import sys
import tarfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key


def attestors(trust):
    keys = {}
    for line in pathlib.Path(trust).read_text().splitlines():
        if line.startswith("attestor "):
            spki = base64.b64decode(line.split()[3])
            keys[hashlib.sha256(spki).hexdigest()] = load_der_public_key(spki)
    return keys


def verify(key, signature, message):
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, message, ec.ECDSA(SHA256()))
    else:
        key.verify(signature, message)


def refused(key, signature, message):
    try:
        verify(key, signature, message)
    except InvalidSignature:
        return True
    return False


def statement(file, keys):
    envelope = json.loads(file.read_bytes())
    body = base64.b64decode(envelope["payload"])
    kind = envelope["payloadType"].encode()
    message = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(body), body)
    (signature,) = envelope["signatures"]
    key, sig = keys[signature["keyid"]], base64.b64decode(signature["sig"])
    verify(key, sig, message)
    assert refused(key, sig, message + b" "), "a changed message is accepted"
    return json.loads(body)


def main(trust, root, run_id):
    root = pathlib.Path(root)
    run, attestation = root / "runs" / run_id, root / "governance/attestations" / run_id
    keys = attestors(trust)
    files = sorted(attestation.glob("*.dsse.json")) + [run / "timestamps/attested.dsse.json"]
    subjects = 0
    for file in files:
        for subject in statement(file, keys)["subject"]:
            places = [place / subject["name"] for place in (run, attestation, root)]
            (place,) = [place for place in places if place.is_file()]
            digest = hashlib.sha256(place.read_bytes()).hexdigest()
            assert digest == subject["digest"]["sha256"], f"{file}: {place} has another hash"
            subjects += 1
    with tarfile.open(attestation / f"{run_id}.tar") as archive:
        for member in archive:
            assert archive.extractfile(member).read() == (run / member.name).read_bytes()
    approval = json.loads((run / "approval.json").read_bytes())
    root_hash = hashlib.sha256((run / "SHA256SUMS.txt").read_bytes()).hexdigest()
    assert approval["sha256_root"] == root_hash, "the approval is of another root"
    print(f"{len(files)} statements of {subjects} files verified by python3-cryptography")


main(*sys.argv[1:])
