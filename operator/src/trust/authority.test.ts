import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openAuthority } from './authority.ts';

const year = 365 * 24 * 3_600_000;
const now = Date.UTC(2030, 0, 1);
const clock = () => now;

describe('authority', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weir-trust-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made once and kept, with keys that only the owner reads', async () => {
    const first = await openAuthority(folder, clock);
    const second = await openAuthority(folder, clock);
    assert.equal(second.certificate, first.certificate);
    assert.equal((await stat(join(folder, 'ca.key'))).mode & 0o777, 0o600);
    const authority = new X509Certificate(first.certificate);
    assert.ok(authority.ca);
    assert.ok(authority.validToDate.getTime() - now >= 10 * year);
  });

  it('issues a server certificate for names and addresses', async () => {
    const authority = await openAuthority(folder, clock);
    const issued = await authority.issueServer(['operator.weir', '127.0.0.1', '::1']);
    const certificate = new X509Certificate(issued.cert);
    assert.ok(certificate.verify(new X509Certificate(issued.ca).publicKey));
    assert.ok(certificate.checkHost('operator.weir'));
    assert.ok(certificate.checkIP('127.0.0.1'));
    assert.ok(certificate.checkIP('::1'));
    assert.equal(certificate.checkHost('node-1'), undefined);
    assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1']);
    assert.equal((await stat(join(issued.folder, 'tls.key'))).mode & 0o777, 0o600);
  });

  it('issues a node certificate for a year, the same again while it is good', async () => {
    const authority = await openAuthority(folder, clock);
    const first = await authority.issueNode('node-1');
    const certificate = new X509Certificate(first.cert);
    assert.equal(certificate.subject, 'CN=node-1');
    assert.equal(certificate.validToDate.getTime() - now, year);
    assert.deepEqual(await authority.issueNode('node-1'), first);
    assert.deepEqual(await readFile(join(first.folder, 'tls.crt')), first.cert);
    const later = await openAuthority(folder, () => now + year - 1000);
    const renewed = await later.issueNode('node-1');
    assert.notDeepEqual(renewed.cert, first.cert);
    assert.deepEqual(renewed.ca, first.ca);
  });

  it('issues a server certificate anew for other names', async () => {
    const authority = await openAuthority(folder, clock);
    const first = await authority.issueServer(['a']);
    const second = await authority.issueServer(['a', 'b']);
    assert.notDeepEqual(second.cert, first.cert);
    assert.ok(new X509Certificate(second.cert).checkHost('b'));
  });

  it('refuses a node name that would leave the folder', async () => {
    const authority = await openAuthority(folder, clock);
    for (const name of ['', '..', '../evil', 'a/b', 'UPPER', 'a'.repeat(254)]) {
      await assert.rejects(authority.issueNode(name), { code: 'certificate-unusable' });
    }
  });

  it('names what is wrong with its files', async () => {
    await openAuthority(folder, clock);
    const refuses = (message: RegExp, at = clock) =>
      assert.rejects(openAuthority(folder, at), { code: 'certificate-unusable', message });
    await refuses(/ca\.crt has expired/, () => now + 11 * year);
    await refuses(/ca\.crt is not valid before/, () => now - year);
    const key = await readFile(join(folder, 'ca.key'));
    await writeFile(join(folder, 'ca.key'), 'garbage');
    await refuses(/ca\.key holds no private key/);
    await rm(join(folder, 'ca.key'));
    await refuses(/ca\.key is missing/);
    await writeFile(join(folder, 'ca.key'), key);
    await writeFile(join(folder, 'ca.crt'), 'garbage');
    await refuses(/ca\.crt holds no certificate/);
  });

  it('refuses a certificate of another key', async () => {
    await openAuthority(folder, clock);
    await rm(join(folder, 'ca.crt'));
    const certificate = (await openAuthority(folder, clock)).certificate;
    await rm(join(folder, 'ca.crt'));
    await rm(join(folder, 'ca.key'));
    await openAuthority(folder, clock);
    await writeFile(join(folder, 'ca.crt'), certificate);
    await assert.rejects(openAuthority(folder, clock), /does not belong to the key beside it/);
  });
});
