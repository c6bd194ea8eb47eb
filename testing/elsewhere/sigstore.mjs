// Verifies Sigstore bundles with Sigstore's own library: envelope, log proof and checkpoint.
// Usage: node sigstore.mjs TRUST BUNDLE...
import { createHash, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, Verifier } from '@sigstore/verify';

const [trustFile, ...files] = process.argv.slice(2);
const lines = readFileSync(trustFile, 'utf8').split('\n').map((line) => line.split(' '));
const ever = { start: new Date(0), end: new Date(8.64e15) };

const tlogs = lines.filter(([word]) => word === 'log').map(([, vkey]) => {
  const [name, , key] = vkey.split(/\+(.{8})\+/s);
  const typed = Buffer.from(key, 'base64');
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), typed.subarray(1)]);
  return {
    logID: createHash('sha256').update(`${name}\n`).update(typed).digest(),
    baseURL: `https://${name}`,
    publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
    validFor: ever,
  };
});
const keys = new Map(lines.filter(([word]) => word === 'attestor').map(([, , , base64]) => {
  const spki = Buffer.from(base64, 'base64');
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return [createHash('sha256').update(spki).digest('hex'), { publicKey: key, validFor: () => true }];
}));
const trust = {
  certificateAuthorities: [],
  timestampAuthorities: [],
  ctlogs: [],
  tlogs,
  publicKey: (hint) => keys.get(hint) ?? (() => { throw new Error(`unknown key ${hint}`); })(),
};
const verifier = new Verifier(trust, { tlogThreshold: 1, ctlogThreshold: 0, timestampThreshold: 0 });

const accepted = (json) => {
  try {
    verifier.verify(toSignedEntity(bundleFromJSON(json)));
    return true;
  } catch (error) {
    return error;
  }
};
const changed = (json, change) => {
  const copy = structuredClone(json);
  change(copy);
  return copy;
};
const flip = (base64) => {
  const bytes = Buffer.from(base64, 'base64');
  bytes[0] ^= 1;
  return bytes.toString('base64');
};

let failed = false;
for (const file of files) {
  const json = JSON.parse(readFileSync(file, 'utf8'));
  const proof = (copy) => copy.verificationMaterial.tlogEntries[0].inclusionProof;
  const bad = {
    payload: (copy) => { copy.dsseEnvelope.payload = flip(copy.dsseEnvelope.payload); },
    signature: (copy) => {
      copy.dsseEnvelope.signatures[0].sig = flip(copy.dsseEnvelope.signatures[0].sig);
    },
    hash: (copy) => { proof(copy).hashes[0] = flip(proof(copy).hashes[0]); },
    checkpoint: (copy) => {
      proof(copy).checkpoint.envelope = proof(copy).checkpoint.envelope.replace(/\n\d+\n/, '\n9\n');
    },
    log: (copy) => { copy.verificationMaterial.tlogEntries = []; },
  };
  const good = accepted(json);
  const wrong = Object.keys(bad).filter((name) => accepted(changed(json, bad[name])) === true);
  if (good !== true || wrong.length > 0) {
    failed = true;
    console.error(`${file}: ${good === true ? 'accepted with another ' + wrong : good}`);
  }
}
console.log(`${files.length} bundles verified by @sigstore/verify, 5 changes of each refused`);
process.exit(failed || files.length === 0 ? 1 : 0);
