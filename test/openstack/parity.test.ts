import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import * as aws from '../../lib/aws';
import { awsSchema, openstackSchema } from '../../lib/declaration/clouds';
import { clusterSchema } from '../../lib/declaration/schema';
import * as openstack from '../../lib/openstack';
import { DIFFERENT_NAMES, PARITY } from '../../lib/stack/parity';
import { ROOT } from '../aws/synth';

/** The public names of both clouds; one program, which reads what both use once, and of the libraries only what they name. */
const files = { aws: join(ROOT, 'lib', 'aws', 'index.ts'), openstack: join(ROOT, 'lib', 'openstack', 'index.ts') };
const program = ts.createProgram(Object.values(files), {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  skipLibCheck: true,
  types: [],
});

/** Every export of a cloud with its own members, `?` behind what may be left out; read from the sources. */
function typesOf(cloud: 'aws' | 'openstack'): Map<string, Set<string>> {
  const file = files[cloud];
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)!)!);
  const isPrivate = (member: ts.Symbol) =>
    (member.declarations ?? []).some((d) => (ts.getCombinedModifierFlags(d) & ts.ModifierFlags.Private) !== 0);
  return new Map(
    exported.map((symbol) => {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const members = target.flags & ts.SymbolFlags.Type ? checker.getDeclaredTypeOfSymbol(target).getProperties() : [];
      const names = members
        .filter((member) => !isPrivate(member))
        .map((member) => `${member.name}${member.flags & ts.SymbolFlags.Optional ? '?' : ''}`);
      return [symbol.name, new Set(names)];
    }),
  );
}

describe('the two clouds', () => {
  it('have the same names, or a line that says why not', () => {
    const types = { aws: typesOf('aws'), openstack: typesOf('openstack') };
    assert.ok(types.aws.size > 20 && types.aws.get('NodePoolProps')!.size > 4 && types.aws.get('NodePool')!.size > 4);
    const lacks = (['aws', 'openstack'] as const).flatMap((cloud) => {
      const other = types[cloud === 'aws' ? 'openstack' : 'aws'];
      return [...types[cloud]].flatMap(([name, members]) => {
        const theirs = other.get(name);
        if (!theirs) return [`${cloud}: ${name}`];
        return [...members].flatMap((member) => {
          const plain = member.replace('?', '');
          const line = `${cloud}: ${name}.${plain}`;
          if (theirs.has(member)) return [];
          if (!theirs.has(plain) && !theirs.has(`${plain}?`)) return [line];
          // told once, by the cloud that must have it
          return member === plain ? [`${line} is required`] : [];
        });
      });
    });
    // what is known of a cluster is a part of its handle
    const own = lacks.filter(
      (line) => !lacks.includes(line.replace('KnownOfCluster.', 'ClusterHandle.')) || !line.includes('KnownOf'),
    );
    const told = Object.keys(DIFFERENT_NAMES);
    assert.deepEqual(
      own.filter((line) => !told.includes(line)),
      [],
      'without a line in DIFFERENT_NAMES',
    );
    assert.deepEqual(
      told.filter((line) => !own.includes(line)),
      [],
      'not so any more',
    );
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
