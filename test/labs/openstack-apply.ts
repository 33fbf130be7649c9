import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { text } from '../../lib/cloud-api/openstack/api';
import { findMirrors } from '../../lib/engine/mirror';
import type { Applied, LabUnderTest } from './openstack-applied';
import { joinedClusters } from './openstack-joined';
import { paasCluster } from './openstack-paas';
import { PLANTED, routersCluster } from './openstack-routers';
import { said } from './verbs';

const PROVIDER = 'registry.terraform.io/terraform-provider-openstack/openstack';

/** Why nothing can be applied to OpenStack here, if so. */
export function noProvider(): string | false {
  const there = findMirrors(process.env).some(({ providers }) => providers.includes(PROVIDER));
  return there ? false : 'no provider in any mirror';
}

/** Clusters that are really made, changed, broken and destroyed; `skip` says why not. */
export function appliedClusters(lab: LabUnderTest, skip: string | false): void {
  describe('with the provider', () => {
    const real: Applied['real'] = (name, body) => it(name, { skip }, body);
    const home = process.cwd();
    const folder = mkdtempSync(join(tmpdir(), 'stackato-os-'));
    let shipped = '';
    const at: Applied = { lab, folder, real, shipped: () => shipped };

    before(() => {
      process.chdir(folder);
      shipped = readFileSync(join(home, 'stacks', 'mvp.yaml'), 'utf8')
        .replace(/^name: .*/m, 'name: paas')
        .replace(/^ {2}aws:\n( {4,}.*\n)+/m, '');
    });
    after(() => {
      process.chdir(home);
      rmSync(folder, { recursive: true, force: true });
    });

    paasCluster(at);
    joinedClusters(at);
    routersCluster(at);

    real('keeps secrets out of stack, state, plan, review and everything said', () => {
      const files = textFiles(folder).filter((file) => !file.includes('.terraform/providers'));
      assert.ok(files.some((f) => f.endsWith('.tfstate')) && files.some((f) => f.endsWith('plan.json')));
      const password = text(process.env['OS_PASSWORD']) || 'practice';
      const login = new RegExp(`"(password|secret)"\\s*:\\s*"${password}"`);
      for (const file of files) assert.doesNotMatch(readFileSync(file, 'latin1'), login, file);
      const all = said.join('\n');
      assert.ok(!all.includes(PLANTED));
      assert.doesNotMatch(all, login);
    });
  });
}

/** All files below a folder that are not too large to hold text. */
function textFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return textFiles(path);
    return entry.isFile() && statSync(path).size < 4 << 20 ? [path] : [];
  });
}
