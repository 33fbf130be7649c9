import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import * as aws from '../../lib/aws';
import * as openstack from '../../lib/openstack';
import { awsSchema, openstackSchema } from '../../lib/spec/clouds';
import { clusterSchema } from '../../lib/spec/schema';
import { DIFFERENT_NAMES, PARITY } from '../../lib/terraform/parity';
import { ROOT } from '../aws/synth';

/** Every exported type of a cloud with its own properties, read from the sources. */
function typesOf(cloud: 'aws' | 'openstack'): Map<string, Set<string>> {
  const file = join(ROOT, 'lib', cloud, 'index.ts');
  const program = ts.createProgram([file], {
    strict: true,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    skipLibCheck: true,
    types: ['node'],
  });
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)!)!);
  return new Map(
    exported.map((symbol) => {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const isData = (target.flags & ts.SymbolFlags.Interface) !== 0 || symbol.name.endsWith('Props');
      const names = isData
        ? checker
            .getDeclaredTypeOfSymbol(target)
            .getProperties()
            .map((p) => p.name)
        : [];
      return [symbol.name, new Set(names)];
    }),
  );
}

describe('the two clouds', () => {
  it('have the same names, or a line that says why not', () => {
    const types = { aws: typesOf('aws'), openstack: typesOf('openstack') };
    assert.ok(types.aws.size > 20 && types.aws.get('NodePoolProps')!.size > 4);
    const lacks = (['aws', 'openstack'] as const).flatMap((cloud) => {
      const other = types[cloud === 'aws' ? 'openstack' : 'aws'];
      return [...types[cloud]].flatMap(([name, props]) => {
        const theirs = other.get(name);
        if (!theirs) return [`${cloud}: ${name}`];
        return [...props].filter((prop) => !theirs.has(prop)).map((prop) => `${cloud}: ${name}.${prop}`);
      });
    });
    assert.deepEqual(lacks.sort(), Object.keys(DIFFERENT_NAMES).sort());
    const values = (cloud: object) => Object.keys(cloud).sort();
    assert.deepEqual(values(aws), values(openstack));
  });

  it('have the same files, but for one that a carrier needs', () => {
    const files = (cloud: string) => readdirSync(join(ROOT, 'lib', cloud));
    assert.deepEqual(
      files('openstack')
        .filter((f) => f !== 'barbican.ts')
        .sort(),
      files('aws').sort(),
    );
  });

  it('have a line for every part of the declaration', () => {
    const parts = PARITY.map((line) => line.part);
    assert.equal(new Set(parts).size, parts.length, 'twice');
    for (const part of ['core', 'pools', 'databases', 'firewall', 'protect', 'secrets'])
      assert.ok(parts.includes(part), part);
    // What no cloud has a hand in: names, product and boot.
    const neutral = ['name', 'hostname', 'version', 'admin', 'license', 'licenseGib', 'kato', 'clouds'];
    for (const key of Object.keys(clusterSchema.shape)) assert.ok(neutral.includes(key) || parts.includes(key), key);
    const same = ['region', 'zones', 'keyName', 'secretPrefix'];
    const [a, o] = [Object.keys(awsSchema.shape), Object.keys(openstackSchema.shape)];
    for (const key of new Set([...a, ...o])) {
      const line = PARITY.find((l) => l.part === `clouds.*.${key}`);
      assert.ok(line || same.includes(key), `clouds.*.${key}`);
      if (!line) continue;
      assert.equal(line.aws.startsWith('refused'), !a.includes(key), key);
      assert.equal(line.openstack.startsWith('refused'), !o.includes(key), key);
      assert.equal(line.kind === 'refused', !(a.includes(key) && o.includes(key)), key);
    }
  });

  it('have a consequence wherever something is substituted', () => {
    for (const line of PARITY) assert.equal(line.kind === 'substituted', line.consequence !== undefined, line.part);
  });
});
