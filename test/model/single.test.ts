import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { until } from '../until';
import { type ModelNode, modelNode } from './node';
import { proves } from './proves';

const said = async (node: ModelNode, line: string, text: RegExp, code?: number, stdin?: string) => {
  const answer = await node.kato(line, stdin);
  assert.match(answer.text, text, line);
  if (code !== undefined) assert.equal(answer.code, code, `${line}: ${answer.text}`);
};

describe('a model node alone', () => {
  const nodes: ModelNode[] = [];
  const made = (version: string, options: Parameters<typeof modelNode>[1] = {}) => {
    const node = modelNode(version, options);
    nodes.push(node);
    node.boot();
    return node;
  };
  after(() => Promise.all(nodes.map((node) => node.remove())));
  const node = made('3.6');

  proves('micro-first', async () => {
    await node.ready();
    await said(
      node,
      'node list',
      /^127\.0\.0\.1 +base mdns primary controller router dea mysql postgresql filesystem$/,
    );
    await said(node, 'config get cluster mbusip', /^127\.0\.0\.1$/);
  });

  proves('start-order', async () => {
    const times = ['logyard', 'cloud_controller_ng', 'router2g', 'dea_ng', 'mysql_node'].map(
      (name) => /^\[(.*?)\] RUNNING/.exec(node.read(`/home/stackato/stackato/logs/${name}.log`))![1]!,
    );
    assert.deepEqual(times, [...times].sort());
  });

  proves('types', async () => {
    await said(node, 'config set router2g prevent_x_spoofing false --json', /^$/, 0);
    await said(node, 'config get router2g prevent_x_spoofing', /^false$/);
    await said(node, 'config set router2g prevent_x_spoofing no', /type .* from boolean to string; use --force/, 1);
    await said(node, 'config set --force router2g prevent_x_spoofing no', /^$/, 0);
    await said(node, `config set fence docker/images '["a","b"]'`, /^Assumed type struct$/, 0);
    await said(node, 'config set dea_ng resources/memory_max_percent 85', /^$/, 0);
    await said(node, 'config get -j dea_ng resources', /"memory_max_percent": 85/);
  });

  it('knows the types of what is shipped, by version', async () => {
    await said(node, 'config set fence max_container_processes many', /type .* from number to string/, 1);
    await said(node, 'config set apptail max_record_size large', /type .* from number to string/, 1);
    await said(node, 'config get -j cloud_controller_ng docker_apps', /"storage_limit_mb": 10240/, 0);
    await said(node, 'config get filesystem_node', /^max_fs_size: 500\ncapacity: 20$/, 0);
    const [old, three] = [made('2.10.6'), made('3.0.1')];
    await Promise.all([old.ready(), three.ready()]);
    assert.doesNotMatch((await old.kato('config get')).text, /^(\w+_ng|router2g|fence):$/m);
    await said(three, 'config get fence max_container_processes', /^50$/);
    await said(three, 'config get cloud_controller_ng docker_apps', /no such key/);
  });

  proves('stdin', async () => {
    await said(node, 'config set mysql_node mysql/pass', /^$/, 0, 'from stdin\n');
    await said(node, 'config get mysql_node mysql/pass', /^from stdin$/);
  });

  proves('whole-component', async () => {
    await said(node, 'config set --yaml dir_server /', /^$/, 0, 'a: 1\nb:\n  c: two\n');
    await said(node, 'config get dir_server', /^a: 1\nb:\n {2}c: two$/);
    await said(node, 'config set dir_server / x', /a whole component must be a map/, 1);
  });

  proves('local', async () => {
    await said(node, 'op set_timezone --timezone Europe/Berlin', /^$/, 0);
    await said(node, 'config get local timezone', /^Europe\/Berlin$/);
    await said(node, 'op upstream_proxy set http://10.0.0.9:8123', /without scheme/, 2);
    await said(node, 'op upstream_proxy set 10.0.0.9:8123', /^$/, 0);
    await said(node, 'config get local upstream_proxy/address', /^10\.0\.0\.9:8123$/);
  });

  proves('data-services', async () => {
    await said(node, 'role remove mysql postgresql filesystem', /roles of/, 0);
    await said(node, 'role add data-services', /dea mysql postgresql redis mongodb rabbit memcached filesystem$/, 0);
  });

  proves('one-primary', async () => {
    for (const verb of ['add', 'remove']) {
      await said(node, `role ${verb} primary`, /there is exactly one in a cluster/, 1);
      await said(node, `role ${verb} base`, /base is on every node/, 1);
    }
  });

  proves('only', async () => {
    const alone = made('3.6');
    await alone.ready();
    await said(alone, 'role add --only dea', /controller must stay on the core/, 1);
    await said(alone, 'role remove router', /router must stay on the core/, 1);
    await said(alone, 'role add --only controller router dea', /: base primary controller router dea$/, 0);
  });

  proves('role-no-start', async () => {
    await said(node, 'role add --no-start memcached rabbit3', /rabbit3/, 0);
    await said(node, 'status', /rabbit3 +STOPPED/);
    await said(node, 'start rabbit3', /^$/, 0);
    await said(node, 'status', /rabbit3 +READY/);
  });

  proves('process-stop', async () => {
    await said(node, 'process stop redis_node', /^$/, 0);
    await said(node, 'process list redis_node', /^redis_node +STOPPED$/);
    await said(node, 'process ready redis_node', /not ready: redis_node/, 1);
    await said(node, 'process start redis_node', /^$/, 0);
    await said(node, 'process list redis_node', /^redis_node +RUNNING$/);
    await said(node, 'process stop nonsense', /unknown process: nonsense/, 1);
  });

  proves('nothing-configured', async () => {
    await said(node, 'process ready all', /^ready$/, 0);
    await said(node, 'stop redis', /^$/, 0);
    await said(node, 'process ready all', /^not ready: redis_node$/, 1);
    await said(node, 'start redis', /^$/, 0);
  });

  proves('overlap', async () => {
    await said(node, 'role add harbor', /harbor/, 0);
    await said(node, 'restart rabbit', /^$/, 0);
    await said(
      node,
      'status',
      /rabbit +FATAL \(rabbit_node: port_range 35001-40000 overlaps harbor's 35000-40000\)/,
      1,
    );
    await said(node, 'config set harbor_node port_range/max 35000', /^$/, 0);
    await said(node, 'start rabbit', /^$/, 0);
    await said(node, 'status', /rabbit +READY/, 0);
    await said(node, 'role remove harbor', /roles of/, 0);
  });

  proves('custom-role', async () => {
    await said(node, 'role add elasticsearch', /unknown role: elasticsearch/, 1);
    for (const part of ['node', 'gateway']) {
      node.put(
        `/home/stackato/stackato/etc/kato/processes/elasticsearch_${part}.yml`,
        `---\nname: elasticsearch_${part}\nsets_running_status: true\nroles:\n  - elasticsearch\n`,
      );
    }
    await said(node, 'role add elasticsearch', /filesystem elasticsearch$/, 0);
    await said(node, 'status', /elasticsearch +READY/);
    await said(
      node,
      'process list elasticsearch_node elasticsearch_gateway',
      /^elasticsearch_gateway +RUNNING\nelasticsearch_node +RUNNING$/,
    );
  });

  proves('drains', async () => {
    await said(node, 'log drain add papertrail udp://logs.example.com:1234', /^$/, 0);
    await said(node, 'log drain add -p apptail,event -f json all tcp://127.0.0.2:9', /^$/, 0);
    await said(node, 'log drain add all tcp://127.0.0.2:9', /drain all already exists/, 1);
    await said(node, 'log drain add x http://127.0.0.2:9', /not a drain: .*tcp:\/\/host:port/, 1);
    await said(node, 'log drain add -f nonsense x udp://a.b:1', /unknown format: nonsense/, 1);
    await said(node, 'log drain list', /^all +apptail,event tcp:\/\/127\.0\.0\.2:9\npapertrail +systail udp:/);
    await said(node, 'log drain delete papertrail', /^$/, 0);
    await said(node, 'log drain delete papertrail', /no such drain/, 1);
  });

  proves('drain-status', async () => {
    await said(node, 'log drain status', /^all +RETRYING \(connection refused\)$/, 0);
    await said(node, 'log drain status -n', /^all +RETRYING/, 0);
    const server = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve));
    const { port } = server.address() as { port: number };
    await node.kato('log drain delete all');
    await node.kato(`log drain add all tcp://127.0.0.2:${port}`);
    await said(node, 'log drain status', /^all +RUNNING$/);
    await said(node, 'log drain status -n', /^$/, 0);
    server.close();
  });

  proves('supervisord', async () => {
    assert.deepEqual(node.sh('stop-supervisord', '/home/stackato'), { code: 0, text: '' });
    await said(node, 'config get cluster', /cannot connect to the config store .* config_redis is not running/, 1);
    assert.match(node.sh('supervisorctl status', '/home/stackato').text, /^config_redis +STOPPED$/m);
    assert.deepEqual(node.sh('start-supervisord', '/home/stackato'), { code: 0, text: '' });
    await node.ready();
    assert.match(node.sh('supervisorctl status', '/home/stackato').text, /^dea_ng +RUNNING$/m);
  });

  proves('unstreamed', async () => {
    await said(node, 'log tail router2g', /^$/, 0);
    await said(node, 'log tail router cc_nginx', /^cc_nginx@/, 0);
    assert.match(node.read('/home/stackato/stackato/logs/router2g.log'), /RUNNING/);
  });

  proves('log-tail', async () => {
    await said(node, 'log tail rabbit_node', /^rabbit_node@127\.[\d.]+: \[.*\] RUNNING$/m, 0);
    await said(node, 'log tail rabbit_node', /FATAL port_range/);
    await said(node, 'log tail mysql', /^mysql_gateway@/m, 0);
    await said(node, 'log tail data-services', /^memcached_node@/m, 0);
    await said(node, 'log tail nonsense', /unknown component/, 1);
  });

  proves('groups', async () => {
    const file = '/home/stackato/stackato/etc/kato/role_groups.yml';
    node.put(file, '---\ncaches:\n  - redis\n  - memcached\n');
    await said(node, 'role remove caches', /roles of/, 0);
    await said(node, 'role add caches', /redis .*memcached/, 0);
    await said(node, 'role add data-services', /unknown role: data-services/, 1);
    await said(node, 'log tail caches', /^redis_node@/m, 0);
    await said(node, 'node attach -e caches 127.0.0.9', /cannot connect to the message bus/, 1);
  });

  proves('upgrade', async () => {
    const old = made('3.4.2');
    await old.ready();
    old.put('/home/stackato/stackato/etc/kato/role_groups.yml', 'caches:\n  - redis\n');
    await said(old, 'node upgrade --skip-confirmation', /cannot reach the upgrade server/, 1);
    await said(old, 'node upgrade --skip-confirmation --version 2.10', /no upgrade from 3\.4\.2 to 2\.10/, 1);
    await said(old, 'node upgrade --version 3.6', /\[yn\]/, 1);
    await said(old, 'node upgrade --skip-confirmation --version 3.6', /3\.6$/, 0);
    await said(old, 'node version', /^3\.6$/);
    assert.equal(old.exists('/home/stackato/stackato/etc/kato/role_groups.yml'), false);
  });

  proves('patches', async () => {
    await said(node, 'patch status', /no known patches/, 0);
    await said(node, 'patch update', /cannot reach the patch server/, 1);
    await said(node, 'patch mark dns-fix', /^$/, 0);
    await said(node, 'patch status', /^dns-fix +installed$/);
    await said(node, 'patch revert dns-fix', /^$/, 0);
    await said(node, 'patch status', /^dns-fix +available$/);
  });

  proves('inspect', async () => {
    await said(node, 'inspect', /^config_store +ok\n[\s\S]*sudo +ok$/, 0);
    await said(node, 'process stop redis_node', /^$/);
    await said(node, 'inspect group roles', /^processes +FAILED redis_node STOPPED$/, 1);
    await said(node, 'inspect list', /^network +config_store$/m, 0);
    await said(node, 'inspect tests nonsense', /no such test/, 1);
    await said(node, 'process start redis_node', /^$/);
  });

  proves('report', async () => {
    await said(node, 'report', /in \/home\/stackato\/stackato-report\.tgz$/, 0);
    const packed = readFileSync(join(node.root, '/home/stackato/stackato-report.tgz'));
    assert.match(gunzipSync(packed).toString(), /"router2g":\{"state":"RUNNING"\}/);
  });

  proves('services', async () => {
    assert.equal((await node.stackato('create-service redis cache')).text, 'Creating Service: OK');
    const again = await node.stackato('create-service redis cache');
    assert.deepEqual([again.text, again.code], ['stackato: the service cache already exists', 1]);
    assert.match((await node.stackato('create-service rabbitmq')).text, /^Creating Service \[rabbitmq-\w{5}\]: OK$/);
    assert.match((await node.stackato('create-service rabbit')).text, /there is no service rabbit$/);
    await said(node, 'process stop redis_node', /^$/);
    assert.match((await node.stackato('create-service redis')).text, /Error: no redis_node runs$/);
    await said(node, 'process stop redis_gateway', /^$/);
    assert.match((await node.stackato('create-service redis')).text, /Error: there is no service redis$/);
    await said(node, 'process start redis_node redis_gateway', /^$/);
    assert.match((await node.stackato('service cache')).text, /^\| - port {6}\| 5000 /m);
    assert.match((await node.stackato('service constructor')).text, /^stackato: no such service: constructor$/);
    assert.match((await node.stackato('logs')).text, /^stackato: unknown command: stackato logs$/);
  });

  proves('licence', async () => {
    await said(node, 'license enable', /no licence is set/, 1);
    await said(node, 'license set', /^$/, 0, 'KEY\n');
    await said(node, 'license enable', /^$/, 0);
    await said(node, 'config get cluster license/enabled', /^true$/);
    await said(node, 'license disable', /^$/, 0);
  });

  proves('import-user', async () => {
    await said(node, 'data export --cluster /home/stackato/all.tgz', /exported/, 0);
    await said(node, 'data import --cluster /home/stackato/all.tgz', /create the first user before/, 1);
  });

  proves('export', async () => {
    await said(node, 'node setup firstuser -p secret ops@example.com Example', /set up/, 0);
    await said(node, 'config set cloud_controller_ng info/support_address help@example.com', /^$/, 0);
    await said(node, 'data export /home/stackato/all.tgz', /say one of --cluster/, 2);
    await said(node, 'data export --cluster /home/stackato/all.tgz', /exported/, 0);
    const fresh = made('3.6');
    fresh.put('/var/stackato/services/mysql/data', 'none');
    await fresh.ready();
    await said(fresh, 'node setup firstuser -p secret new@example.com Example', /set up/, 0);
    fresh.put('/home/stackato/all.tgz', '');
    await said(fresh, 'data import --cluster /home/stackato/all.tgz', /cannot read/, 1);
    fresh.copy(node, '/home/stackato/all.tgz');
    await said(fresh, 'data import --cluster /home/stackato/all.tgz', /imported/, 0);
    assert.equal(fresh.read('/var/stackato/services/mysql/data'), 'rows');
    await said(fresh, 'config get cloud_controller_ng info/support_address', /^help@example\.com$/);
    await said(fresh, 'config get cluster mbusip', /^127\.0\.0\.1$/);
  });

  proves('export-parts', async () => {
    const fresh = nodes.at(-1)!;
    const key = (on: ModelNode) => on.kato('config get cloud_controller_ng db_encryption_key').then(({ text }) => text);
    const file = '/home/stackato/parts.tgz';
    const cache = '/home/stackato/stackato/data/resource_pool/ab';
    const droplet = '/home/stackato/stackato/data/droplets/1';
    node.put('/var/stackato/services/mysql/data', 'new rows');
    for (const path of [cache, droplet]) node.put(path, 'x');
    await said(node, 'config set aok strategy/use ldap', /^$/, 0);
    await said(node, 'data export --cluster --mysql --exclude-mysql x', /say opposite things/, 2);
    await said(node, 'data export --cluster --exclude-nonsense x', /unknown option --exclude-nonsense/, 2);
    const over = async (flags: string, imported = '') => {
      await said(node, `data export --cluster ${flags} ${file}`, /exported/, 0);
      fresh.copy(node, file);
      await said(fresh, `data import --cluster ${imported} ${file}`, /imported/, 0);
    };
    await over('--exclude-mysql');
    assert.equal(fresh.read('/var/stackato/services/mysql/data'), 'rows');
    assert.deepEqual([fresh.exists(droplet), fresh.exists(cache)], [true, false]);
    await said(fresh, 'config get aok strategy/use', /no such/);
    assert.notEqual(await key(fresh), await key(node));
    const asked = '--resources --aok-config --db-encryption-key';
    await over(asked, '--exclude-mysql');
    assert.equal(fresh.exists(cache), false);
    await over(asked, asked);
    assert.equal(fresh.read('/var/stackato/services/mysql/data'), 'new rows');
    assert.equal(fresh.exists(cache), true);
    await said(fresh, 'config get aok strategy/use', /^ldap$/);
    assert.equal(await key(fresh), await key(node));
  });

  proves('defer', async () => {
    await said(node, `op defer --post-start "config set local late yes"`, /^$/, 0);
    await said(node, `op defer "config set local early yes"`, /^$/, 0);
    await said(node, 'config get local early', /no such key/, 1);
    await node.halt();
    node.boot();
    await until('the early one ran', async () => (await node.kato('config get local early')).text === 'yes');
    await until('the late one ran', async () => (await node.kato('config get local late')).text === 'yes');
    assert.equal(node.exists('/home/stackato/.kato-deferred'), false);
    await said(node, `op defer "config set local now yes"`, /^$/, 0);
    await said(node, 'op run_deferred', /^$/, 0);
    await said(node, 'config get local now', /^yes$/);
  });

  proves('defer-while-booting', async () => {
    const slow = made('3.6', { settings: { boot: 2 } });
    await said(slow, `op defer "config set local early yes" --run-as-root`, /^$/, 0);
    await until('it ran', async () => (await slow.kato('config get local early')).text === 'yes');
  });

  proves('redis-timeout', async () => {
    const task = '/home/stackato/stackato/etc/firstboot/tasks/05-wait-for-config-redis.sh';
    const make = (limit: number) => {
      const slow = modelNode('3.6', { settings: { redis: 1.2 } });
      nodes.push(slow);
      slow.put(task, `#!/bin/sh\nTIMEOUT=${limit}\n`);
      slow.boot();
      return slow;
    };
    const [short, long] = [make(1), make(300)];
    await long.ready();
    await until('the store is up', async () => (await short.kato('config get cluster mbusip')).code === 0);
    await said(short, 'status', /controller +STOPPED/);
    await said(long, 'status', /controller +READY/);
    assert.match(short.read('/home/stackato/.stackato-firstboot-error'), /05-wait-for-config-redis: not up after 1 s/);
    assert.equal(long.exists('/home/stackato/.stackato-firstboot-error'), false);
  });

  proves('rename', async () => {
    await said(node, 'node rename paas.example.com -r', /renamed/, 0);
    assert.equal(node.read('/etc/hostname'), 'paas.example.com\n');
    assert.match(node.read('/etc/ssl/certs/stackato.crt'), /\*\.paas\.example\.com/);
    await said(node, 'config get cluster endpoint', /^api\.paas\.example\.com$/);
    node.put('/etc/ssl/certs/stackato.crt', 'bought');
    assert.match(node.read('/etc/hosts'), new RegExp(`^${node.address} paas\\.example\\.com api\\.paas`, 'm'));
    await said(node, 'node rename paas.example.com -r -l', /renamed/, 0);
    assert.equal(node.read('/etc/ssl/certs/stackato.crt'), 'bought');
  });

  proves('setup-micro', async () => {
    await said(
      node,
      'node setup micro redis',
      /micro cloud set up with roles base primary controller router redis$/,
      0,
    );
    await said(node, 'config get local now', /^yes$/);
    await said(node, 'node setup micro -d', /roles base primary controller router dea mysql postgresql filesystem$/, 0);
    await said(node, 'config get local now', /no such key/, 1);
  });

  proves('setup-micro-silent', async () => {
    const old = made('3.2.1');
    await old.ready();
    await said(old, 'node setup micro -s redis', /^$/, 0);
    await said(old, 'status', /mysql +READY/);
    await said(node, 'node setup micro -s redis', /roles base primary controller router redis$/, 0);
    await said(node, 'status', /redis +STOPPED/);
  });

  proves('reset-factory', async () => {
    await said(node, 'node reset factory', /NOPASSWD; undo it/, 1);
    node.put('/etc/sudoers', '');
    await said(node, 'node reset factory', /password for stackato: \nkato: sudo: no password was given/, 1);
    await said(node, 'node reset factory', /node reset: factory$/, 0, 'stackato\n');
    await said(node, 'node list', /base mdns primary controller router dea/);
    assert.equal(node.exists('/var/stackato/services/mysql'), false);
  });

  proves('reset-words', async () => {
    await said(node, 'node reset soft', /cannot reset soft; one of factory docker services/, 2);
    await said(node, 'node reset services', /services reset/, 0);
    await said(node, 'node reset docker', /^$/, 0);
    const old = made('2.10.6');
    await old.ready();
    await said(old, 'node reset docker', /cannot reset docker; one of factory soft$/);
    await said(old, 'node reset soft', /node reset: soft$/);
  });
});
