import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ModelNode, modelNode } from './model-node';

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
    row('config set -j router2g timeout "x"', /not JSON|^$/, 0),
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
