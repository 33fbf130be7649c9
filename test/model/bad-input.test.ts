import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { katoWords } from '../../lib/kato/commands';
import { version } from '../kato/version';
import { until } from '../until';
import { type ModelNode, modelNode } from './node';

/** What no document foresees: kato says what is wrong, and the node goes on. */
describe('bad input to a model node', () => {
  let node: ModelNode;
  before(async () => {
    node = modelNode('3.6');
    node.boot();
    await node.ready();
  });
  after(() => node.remove());
  const say = async (line: string, text: RegExp, code: number, stdin?: string) => {
    const said = await node.kato(line, stdin);
    assert.match(said.text, text, line);
    assert.equal(said.code, code, `${line}: ${said.text}`);
  };

  it('values that are no YAML or no JSON', async () => {
    await say('config set --yaml dir_server /', /^kato: cannot read YAML: /, 1, '{');
    await say('config set --yaml dir_server /', /^kato: cannot read YAML: /, 1, 'a: 1\n  b: 2\n');
    await say('config set --json dir_server a {', /^kato: the value is not JSON/, 1);
    await say(`config set dir_server a '"\\q"'`, /^$/, 0);
    await say('config get dir_server a', /\\q/, 0);
  });
  it('YAML as people write it', async () => {
    await say('config set --yaml dir_server /', /^$/, 0, 'a: "b #c"\nlist:\n  - name: x\n    port: 1\n');
    await say('config get -j dir_server', /"a": "b #c",\n {2}"list": \[\n {4}\{\n {6}"name": "x",\n {6}"port": 1/, 0);
  });
  it('a password of many digits', async () => {
    await say('config set dir_server pass 12345678901234567890', /^$/, 0);
    await say('config get -j dir_server pass', /^"12345678901234567890"$/, 0);
  });
  it('texts that look like something else, as the boot says them', async () => {
    for (const value of ['85', '-1', 'true', 'null', '[x', '{a', '-p', '"q"', '', ' a', `'"\\`, '☃']) {
      const action = { do: 'config', component: 'dir_server', key: 'text', value, type: 'string' } as const;
      const said = await node.argv(katoWords(version('3.6'), action).map(String));
      assert.deepEqual(said, { text: '', code: 0 }, value);
      assert.equal((await node.kato('config get -j dir_server text')).text, JSON.stringify(value));
    }
  });
  it('files that are not there, or folders', async () => {
    await say('op import_from_yaml_file /etc', /^kato: Illegal operation on a directory/, 1);
    await say(
      'data export --cluster /no/such/folder/x',
      /^kato: No such file or directory - .*\/no\/such\/folder\/x$/,
      1,
    );
    await say('data export --cluster /etc', /^kato: Illegal operation on a directory/, 1);
    await say('relocate services relative', /absolute path/, 1);
  });
  it('names that objects have anyway', async () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      await say(`role add ${name}`, new RegExp(`^kato: unknown role: ${name}$`), 1);
      await say(`role info ${name}`, /^kato: unknown role/, 1);
      await say(`start ${name}`, new RegExp(`^kato: unknown role: ${name}$`), 1);
      await say(`log tail ${name}`, new RegExp(`^kato: unknown component: ${name}$`), 1);
      await say(`log drain delete ${name}`, /no such drain/, 1);
      await say(`log drain add ${name} udp://a.example:1`, /^$/, 0);
      await say(`log drain delete ${name}`, /^$/, 0);
      await say(`patch revert ${name}`, /no such patch/, 1);
      await say(`config set dir_server ${name}/x 1`, /^$/, 0);
      await say(`config get dir_server ${name}`, /^x: 1$/, 0);
    }
  });
  it('names and addresses that are none', async () => {
    await say('node setup core api.', /the endpoint is api\.<hostname>/, 1);
    await say('node setup core "api.x y"', /the endpoint is api\.<hostname>/, 1);
    await say('node rename "x y"', /not a host name/, 1);
    await say('node rename x..y', /not a host name/, 1);
    await say(`node rename ${'x'.repeat(300)}`, /not a host name/, 1);
    for (const address of ['127.0.0.1', 'localhost', '::1', node.address])
      await say(`node attach -e dea ${address}`, /a node cannot attach to itself/, 1);
    await say('log drain add a/b udp://a.example:1', /not a name/, 1);
    await say('node availabilityzone ""', /not a zone/, 1);
    await say('role add ""', /unknown role/, 1);
    await say('config set "" a b', /unknown component/, 1);
  });
  it('ports that are none, in what processes read', async () => {
    await say('role add redis', /redis/, 0);
    for (const range of ['{"min":"x","max":{}}', '{"min":99999999,"max":3}', '{"min":-5}', '7', '[]', 'null']) {
      await node.argv(['config', 'set', '--json', '--force', 'redis_node', 'port_range', range]);
      await say('restart redis', /^$/, 0);
      await say('process list redis_node', /^redis_node +FATAL \(port_range .* no range of ports\)$/, 0);
    }
    await say('config del redis_node port_range', /^$/, 0);
    await say('start redis', /^$/, 0);
    await say('status', /redis +READY/, 0);
    for (const port of ['"x"', '-1', '70000', '{}', 'null']) {
      await node.argv([
        'config',
        'set',
        '--json',
        '--force',
        'mysql_node',
        'mysql',
        `{"host":"db","pass":"x","port":${port}}`,
      ]);
      await say('config set mysql_gateway external_datastore true', /^$/, 0);
      await say('restart mysql', /^$/, 0);
      await say('process list mysql_node', /^mysql_node +FATAL \(mysql\/port is no port: .*\)$/, 0);
    }
    await node.argv(['config', 'set', '--json', '--force', 'mysql_node', '/', '{"mysql":5}']);
    await say('config set mysql_gateway external_datastore false', /^$/, 0);
    await say('restart mysql', /^$/, 0);
    await say('status', /mysql +READY/, 0);
  });
  it('what is not for config, or not there', async () => {
    for (const line of ['set node x 1', 'push node x 1', 'del node 127.0.0.1', 'set --json node / {}'])
      await say(`config ${line}`, /^kato: (node is written by attach and role alone|no such key)/, 1);
    await say('config get node 127.0.0.1/roles/dea', /^true$/, 0);
    await say('config set dir_server q/b 1', /^$/, 0);
    await say('config get -f dir_server q', /^dir_server\/q\/b 1$/, 0);
    await say('config del dir_server /', /^$/, 0);
    await say('config get dir_server', /^\{\}$/, 0);
    await say('config set', /usage: kato config set \[-j\] \[-y\] \[--force\] <component>/, 2);
    await say('op static_ip --interface=eth0 --ip=x --netmask=y --gateway=z', /--ip is no address: x/, 2);
    await say('op upstream_proxy set 10.0.0.1:99999', /a proxy is <host:port>/, 2);
    await say('report -n 127.0.0.99', /cannot connect to supervisord on 127\.0\.0\.99/, 1);
    await say('node setup firstuser -p "" ops@example.com Example', /the password is empty/, 1);
  });
  it('drains that are none', async () => {
    for (const drains of ['7', '[1]', '{"a":1,"b":{"uri":5},"c":null}']) {
      await node.argv(['config', 'set', '--json', '--force', 'logyard', 'drains', drains]);
      await say('log drain list', /^$/, 0);
      await say('log drain status', /^$/, 0);
    }
    await say('config del logyard drains', /^$/, 0);
  });
  it('folders that are inside of what is to be moved, and bytes that no name has', async () => {
    await say('stop', /^$/, 0);
    await say('relocate services /var/stackato/services/mysql', /inside/, 1);
    await say('relocate services /', /inside/, 1);
    await say('relocate services /var/stackato/services', /inside/, 1);
    assert.equal(node.read('/var/stackato/services/mysql/data'), 'rows');
    for (const argv of [
      ['op', 'import_from_yaml_file', 'a\0b'],
      ['data', 'export', '--cluster', '\0'],
      ['relocate', 'services', '/\0'],
    ]) {
      const { text, code } = await node.argv(argv);
      assert.match(text, /^kato: .*null byte|does not exist/);
      assert.equal(code, 1);
    }
    await say('start', /^$/, 0);
  });
  it('a file of role groups that is no YAML', async () => {
    const file = '/home/stackato/stackato/etc/kato/role_groups.yml';
    const before = node.exists(file) ? node.read(file) : 'data-services: [redis]\n';
    node.put(file, 'a: [1');
    await say('role add data-services', /^kato: cannot read YAML/, 1);
    node.put(file, '- a\n');
    await say('role add data-services', /^kato: role_groups\.yml is not a map/, 1);
    node.put(file, before);
  });
  it('a process file that is no YAML: kato says so, the node starts without it', async () => {
    const file = '/home/stackato/stackato/etc/kato/processes/broken_node.yml';
    node.put(file, 'roles: [');
    await say('role add memcached', /^kato: .*broken_node\.yml: cannot read YAML/, 1);
    await node.halt();
    node.boot();
    await until('the store is up', async () => (await node.kato('debug redis')).code === 0);
    node.put(file, '');
    await node.ready();
  });
  it('a deferred command with a # in it', async () => {
    await say(`op defer "config set dir_server x 'a #b'"`, /^$/, 0);
    await node.halt();
    node.boot();
    await until('it ran', async () => (await node.kato('config get dir_server x')).text === '"a #b"');
    await node.ready();
  });
  it('a list of deferred commands that is none: the node boots', async () => {
    node.put('/home/stackato/.kato-deferred', 'nonsense: [');
    await say('op run_deferred', /^kato: cannot read YAML/, 1);
    await node.halt();
    node.boot();
    await node.ready();
    await say('op defer --reset', /^$/, 0);
  });
  it('a history with a line that was cut off', async () => {
    node.put('/home/stackato/.kato-model/history', `{"at":"then","kato":["start"],"code":0}\n{"at":"n`);
    await say('history', /^then kato start$/, 0);
    await say('stop dea', /^$/, 0);
    await say('start dea', /^$/, 0);
    await say('history', /^then kato start\n.* kato stop dea\n.* kato start dea$/, 0);
  });
  it('values of megabytes', async () => {
    await say('config set dir_server big', /^$/, 0, 'x'.repeat(3e6));
    assert.equal((await node.kato('config get dir_server big')).text.length, 3e6);
    await say('config del dir_server big', /^$/, 0);
    await say('node setup firstuser -p secret ops@example.com Example', /set up/, 0);
    node.put('/var/stackato/services/mysql/data', 'y'.repeat(2e6));
    await say('data export --cluster /home/stackato/all.tgz', /exported/, 0);
    node.put('/var/stackato/services/mysql/data', '');
    await say('data import --cluster /home/stackato/all.tgz', /imported/, 0);
    assert.equal(node.read('/var/stackato/services/mysql/data').length, 2e6);
  });
});
