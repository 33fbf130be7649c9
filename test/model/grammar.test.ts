import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { firstWords } from '../../lib/kato/commands';
import { KNOWN_VERSIONS } from '../../lib/kato/version';
import { allCommands } from '../../lib/model/commands';
import { parse } from '../../lib/model/grammar';
import { KatoError } from '../../lib/model/session';
import { atLeast, knownTo, parseVersion } from '../../lib/model/version';
import { version as katoVersion } from '../kato/version';
import { type ModelNode, modelNode } from './node';
import { proves } from './proves';

interface Row {
  readonly say: string;
  readonly stdin?: string;
  readonly text: RegExp;
  readonly code: number;
}

const row = (say: string, text: RegExp, code = 0, stdin?: string): Row => ({ say, text, code, stdin });

/** What a fresh node answers, by version: each row runs after the one before. */
const tables: Readonly<Record<string, readonly Row[]>> = {
  '3.6': [
    row('version', /^Stackato v3\.6$/),
    row('process ready all', /^ready$/),
    row('process ready nonsense', /unknown process: nonsense/, 1),
    row('attach -e dea 127.0.0.9', /unknown command: kato attach in 3\.6 \(it exists in versions before 2\.8\)/, 1),
    row('setup core api.x.example', /unknown command: kato setup core/, 1),
    row('disable mdns', /unknown command/, 1),
    row('config mysql_node mysql/port 1', /unknown command/, 1),
    row('frobnicate', /unknown command: kato frobnicate$/, 1),
    row('role remove mdns', /roles of 127\./),
    row('role add nonsense', /unknown role: nonsense/, 1),
    row('role add stager', /unknown role: stager/, 1),
    row('role add primary', /primary stays on the core/, 1),
    row('role add load_balancer', /cannot hold any other role/, 1),
    row('role add data-services', /mysql postgresql redis mongodb rabbit memcached filesystem/),
    row('node rename paas.example.com --no-restart', /renamed to paas/),
    row('config get cluster endpoint', /^api\.paas\.example\.com$/),
    row('config get cluster mbusip', /^127\.0\.0\.1$/),
    row('config get nonsense', /unknown component: nonsense/, 1),
    row('config get mysql_node mysql/port', /^3306$/),
    row('config get mysql_node', /^mysql:\n {2}host: 127\.0\.0\.1\n {2}port: 3306/),
    row('config get -j mysql_gateway', /"external_datastore": false/),
    row('config get mysql_node no/such', /no such key: mysql_node no\/such/, 1),
    row(
      'config set mysql_node mysql/port yes',
      /type of mysql\/port would change from number to string; use --force/,
      1,
    ),
    row('config set --force mysql_node mysql/port yes', /^$/),
    row('config set dea_ng resources/memory_max_percent 85', /^$/),
    row('config get dea_ng resources/memory_max_percent', /^85$/),
    row('config set cloud_controller_ng info/support_address 0042', /^$/),
    row('config get cloud_controller_ng info/support_address', /^"?0042"?$/),
    row('config set cloud_controller_ng maintenance_mode true', /^$/),
    row('config get cloud_controller_ng maintenance_mode', /^true$/),
    row('config set fence docker/images \'["a","b"]\'', /Assumed type struct/),
    row('config get fence docker/images', /^- a\n- b$/),
    row(`config set -j router2g timeout '"x"'`, /^$/),
    row('config set -j router2g timeout x', /not JSON/, 1),
    row('config set mysql_node mysql/pass', /^$/, 0, 'from stdin\n'),
    row('config get mysql_node mysql/pass', /^from stdin$/),
    row('config push cloud_controller_ng admins ops@example.com', /^$/),
    row('config get cloud_controller_ng admins', /^- ops@example\.com$/),
    row('config pop cloud_controller_ng admins ops@example.com', /^$/),
    row('config pop cloud_controller_ng admins ops@example.com', /does not contain/, 1),
    row('config del mysql_node mysql/pass', /^$/),
    row('config get mysql_node mysql/pass', /no such key/, 1),
    row('node setup core paas.example.com', /the endpoint is api\.<hostname>/, 1),
    row('node attach', /too few arguments\nusage: kato node attach \[-e <roles>\]/, 2),
    row('node attach --nonsense 127.0.0.9', /unknown option --nonsense/, 2),
    row('license enable', /no licence is set/, 1),
    row('license set', /^$/, 0, 'KEY\n'),
    row('license enable', /^$/),
    row('op defer version', /^$/),
    row("op defer 'kato version'", /omits the word kato/, 1),
    row('op defer --reset', /^$/),
    row('op static_ip', /^IP address: \nkato: no address was given$/, 1),
    row('op static_ip --interface=eth0 --ip=10.0.0.9', /--netmask is missing/, 2),
    row('op static_ip --interface=eth0 --ip=10.0.0.9 --netmask=255.255.255.0 --gateway=10.0.0.1', /^$/),
    row('config get local network/ip', /^10\.0\.0\.9$/),
    row('op dhcp', /^$/),
    row('config get local network', /^mode: dhcp$/),
    row('op max_client_upload much', /not a number of MB/, 2),
    row('op max_client_upload 2048', /^$/),
    row('op regenerate nonsense', /cannot regenerate/, 2),
    row('op regenerate token-signing-secret --no-prompt', /^regenerated/),
    row('op custom_ssl_cert install /a.key /a.crt shop.example', /no such file: \/a\.key/, 1),
    row('op custom_ssl_cert install /etc/hosts /etc/hosts shop.example', /^$/),
    row('op custom_ssl_cert install /etc/hosts /etc/hosts shop.example', /--update on further routers/, 1),
    row('op custom_ssl_cert install /etc/hosts /etc/hosts shop.example --update', /^$/),
    row('op custom_ssl_cert list', /^shop\.example$/),
    row('op custom_ssl_cert remove shop.example', /^$/),
    row('config set --json --force router2g custom_ssl null', /^$/),
    row('op custom_ssl_cert list', /^$/),
    row('op custom_ssl_cert remove shop.example', /no certificate/, 1),
    row('op remap_hosts a.example b.example', /from a\.example to b\.example/),
    row('op import_from_yaml_file /none.yml', /no such file/, 1),
    row('op generate_service_tokens', /generated/),
    row('op update_hostsfile', /^$/),
    row('node update', /^$/),
    row('role info mysql', /^mysql +READY$/),
    row('log stream mysql', /^mysql@/m),
    row('data repair routes -y', /no routes/),
    row('debug redis', /^PONG$/),
    row('debug configwatch', /^cluster:$/m),
    row('shell', /^Stackato v3\.6\nready$/, 0, 'version\nprocess ready all\n'),
    row('history', /kato role remove mdns$/m),
    row('status -y', /^127\.[\d.]+:\n {2}base: READY$/m),
    row('process list -j nats_server', /"nats_server": \{\n *"state": "RUNNING"/),
    row('process list -c', /^127\.[\d.]+$/m),
    row('process ready --block x all', /--block needs seconds/, 2),
  ],
  '3.4.2': [
    row('process ready all', /^ready$/),
    row('config set mysql_gateway external_datastore true', /^$/),
    row('node availabilityzone', /^default$/),
    row('node nonsense', /unknown command/, 1),
  ],
  '3.2.1': [
    row('node setup firstuser', /too few arguments/, 0),
    row('attach -e dea 127.0.0.9', /unknown command/, 0),
    row('license set x', /unknown command: kato license set in 3\.2\.1 \(it exists in 3\.4 and later\)/, 0),
  ],
  '2.10.6': [
    row('role add stager', /stager/),
    row('node attach -f 127.0.0.9', /unknown option -f/, 0),
    row('node availabilityzone z', /unknown command/, 0),
  ],
  '2.6': [
    row('node rename x', /unknown command: kato node rename in 2\.6 \(it exists in 2\.8 and later\)/, 0),
    row('rename paas.example.com', /renamed/),
    row('disable mdns', /roles of/),
    row('enable --all-but dea,prealloc', /stager/),
    row('config --json cluster x/y \'"text"\'', /^$/),
    row('config cluster x/y', /^text$/),
    row('config --json cluster x/y text', /not JSON/, 0),
    row(
      'setup core api.paas.example.com',
      /core node .* set up with roles base cloud_controller health_manager router/,
    ),
    row('enable primary', /unknown role: primary/, 0),
  ],
};

/** Words of one generation, and those of the other for the same. */
const generations = [
  ['node setup core api.x.example', 'setup core api.x.example'],
  ['node attach -e dea 127.0.0.9', 'attach -e dea 127.0.0.9'],
  ['node rename x.example', 'rename x.example'],
  ['role add dea', 'enable dea'],
  ['role remove dea', 'disable dea'],
  ['role add --all-but dea prealloc', 'enable --all-but dea,prealloc'],
  ['config set cluster a b', 'config --json cluster a b'],
  ['process ready all', 'ready'],
  ['process list', undefined],
  ['log tail', 'tail'],
  ['data export --cluster', 'export --cluster'],
  ['data import --cluster x', 'import --cluster x'],
  ['config get --flat', 'debug lsdoozer'],
  ['config push cloud_controller admins a@b.c', undefined],
] as const;

describe('the grammar', () => {
  proves('grammar', () => {
    const all = allCommands();
    const knows = (version: string, line: string) => {
      try {
        parse(all, parseVersion(version), line.split(' '));
        return true;
      } catch (error) {
        assert.ok(error instanceof KatoError);
        return false;
      }
    };
    for (const [noun, flat] of generations) {
      for (const version of ['2.8', '2.10', '3.0', '3.2', '3.4', '3.6']) {
        assert.ok(knows(version, noun), `${version} knows ${noun}`);
        if (flat) assert.ok(!knows(version, flat), `${version} refuses ${flat}`);
      }
      for (const version of ['2.2', '2.4', '2.6']) {
        assert.ok(!knows(version, noun), `${version} refuses ${noun}`);
        if (flat) assert.ok(knows(version, flat), `${version} knows ${flat}`);
      }
    }
    // One by one, from the tables of the facts (2.3-2.7).
    for (const [line, first] of [
      ['node list', '2.10'],
      ['op defer version', '2.10'],
      ['node setup firstuser a@b.c', '2.10'],
      ['node detach', '3.0'],
      ['node retire', '3.0'],
      ['node upgrade --status', '3.0'],
      ['role info', '3.0'],
      ['log drain status', '3.0'],
      ['debug redis', '3.0'],
      ['node availabilityzone z', '3.2'],
      ['node update', '3.2'],
      ['node remove -s 127.0.0.9', '3.2'],
      ['op defer --post-start version', '3.2'],
      ['license enable', '3.4'],
      ['data repair routes', '3.4'],
      ['op upstream_proxy set a:1 --no-proxy b', '3.4'],
    ] as const) {
      for (const version of ['2.8', '2.10', '3.0', '3.2', '3.4', '3.6']) {
        assert.equal(knows(version, line), atLeast(parseVersion(version), first), `${version} ${line}`);
      }
    }
  });
});

for (const [version, rows] of Object.entries(tables)) {
  describe(`the model of kato ${version}`, () => {
    let node: ModelNode;
    before(async () => {
      node = modelNode(version);
      node.boot();
      await node.ready();
    });
    after(() => node.remove());
    for (const { say, text, code, stdin } of rows) {
      it(`answers: kato ${say}`, async () => {
        const said = await node.kato(say, stdin);
        assert.match(said.text, text);
        assert.equal(said.code, code);
      });
    }
  });
}

describe('first words after kato', () => {
  it('are known to declarations as they are to the model, in every version', () => {
    for (const text of [...KNOWN_VERSIONS, '2.10.4']) {
      const version = parseVersion(text);
      const model = new Set(
        allCommands()
          .filter((command) => knownTo(version, command))
          .map(({ words }) => words.split(' ')[0]!),
      );
      // What it did in 2.8 and 2.10 is not known.
      const known = firstWords(katoVersion(text)).filter((word) => word !== 'debug' || model.has(word));
      assert.deepEqual([...known].sort(), [...model].sort(), text);
    }
  });
});
