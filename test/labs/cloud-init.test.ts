import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { renderUserData } from '../../lib/kato/render';
import { version } from '../kato/version';
import { absent } from '../programs';

// Today's cloud-init, unpacked beside the system and not installed, reads what was written for that of 2012.
const ofPython = (name: string) => name === 'cloud-init' || name.startsWith('python3-');

describe('today’s cloud-init', { skip: absent('apt-get') }, () => {
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'stackato-cloud-init-'));
    const options = ['-qq', '-s', '--no-install-recommends'];
    // With what it needs of Python and this machine has not.
    const inst = execFileSync('apt-get', ['install', ...options, 'cloud-init'], { encoding: 'utf8' });
    const packages = [...inst.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name!).filter(ofPython);
    execFileSync('apt-get', ['download', '-qq', '-o', 'APT::Sandbox::User=root', ...packages], {
      cwd: root,
      timeout: 120_000,
    });
    for (const file of readdirSync(root).filter((name) => name.endsWith('.deb')))
      execFileSync('dpkg', ['-x', join(root, file), join(root, 'tree')]);
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const schema = (text: string) => {
    const file = join(root, 'user-data');
    writeFileSync(file, text);
    const code =
      "import sys; from cloudinit.cmd.main import main; sys.exit(main(['cloud-init','schema','--config-file',sys.argv[1]]))";
    const env = { ...process.env, PYTHONPATH: join(root, 'tree/usr/lib/python3/dist-packages') };
    const { status, stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', code, file], { env, encoding: 'utf8' });
    return { status, said: `${stdout}${stderr}` };
  };

  it('finds the cloud-config part valid', () => {
    const boot = { title: 'a test', version: version('3.6'), steps: [], carrier: {} };
    const data = renderUserData(boot, { coreAddress: '10.0.0.10' });
    const [, part] = /Content-Type: text\/cloud-config\n\n(#cloud-config\n.*?)\n--=stackato/s.exec(data) ?? [];
    const { status, said } = schema(part!);
    assert.equal(status, 0, said);
    assert.match(said, /Valid/);
  });
  it('finds another wrong', () => {
    const { status, said } = schema('#cloud-config\nbootcmd: 3\n');
    assert.equal(status, 1, said);
  });
});
