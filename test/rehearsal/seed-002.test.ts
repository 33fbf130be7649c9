import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ModelNode, modelNode } from '../model/node';
import { line, session } from './seed';

// Seed 002, "Elasticsearch for Stackato: How to create your own custom service" (July 2013, 2.x). Its sessions clone a
// repository and run `./scripts/bootstrap.sh`; what that script does the page says in words: "installing to supervisord
// and kato, loading into Doozer, adding the service AUTH token to the Cloud Controller, adding elasticsearch as a role,
// and finally restarting kato". The commands are those of facts 10.3 (H).
const tableOfServices =
  /^============== System Services ==============\n\n\+-+\+-+\+-+\+\n\| Service {7}\| Version \| Description {36}\|\n\+-+\+-+\+-+\+\n\| echo {10}\| 1\.0 {5}\| Echo key-value store service {19}\|\n\| elasticsearch \| 1\.0 {5}\| Elasticsearch full-text searching and indexing \|\n\| filesystem {4}\| 1\.0 {5}\| Persistent filesystem service {18}\|\n\| harbor {8}\| 1\.0 {5}\| External port mapping service {18}\|\n\| memcached {5}\| 1\.4 {5}\| Memcached in-memory object cache service {7}\|\n/;
const tableOfOne =
  /^\nmysearch1\n\+-------------\+-+\+\n\| What {8}\| Value +\|\n\+-------------\+-+\+\n\| credentials \| +\|\n\| - host {6}\| 127\.[\d.]+ +\|\n\| - hostname {2}\| 127\.[\d.]+ +\|\n\| - name {6}\| [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} \|\n\| - node_id {3}\| elasticsearch_node_1 +\|\n\| - port {6}\| 9202 +\|\n\| {13}\| +\|\n\| email {7}\| user@example\.com +\|\n\| meta {8}\| +\|\n\| - created {3}\| \w+ \w+ \d+ [\d:]+ UTC \d+ +\|\n\| - tags {6}\| elasticsearch \{bonsai cool\} +\|\n\| - updated {3}\| \w+ \w+ \d+ [\d:]+ UTC \d+ +\|\n\| - version {3}\| 1 +\|\n\| {13}\| +\|\n\| properties {2}\| +\|\n\| tier {8}\| free +\|\n\| type {8}\| generic +\|\n\| vendor {6}\| elasticsearch +\|\n\| version {5}\| 1\.0 +\|\n\+-+\+-+\+$/;
const etc = '/home/stackato/stackato/etc/kato';

describe('seed 002: Elasticsearch, typed as printed', () => {
  let node: ModelNode;
  before(async () => {
    node = modelNode('2.10.6');
    node.boot();
    await node.ready();
    await node.kato('role add harbor');
    await node.kato('node setup firstuser -p secret user@example.com');
  });
  after(() => node.remove());

  describe('the echo service', () => {
    session(
      () => node,
      [
        line('git clone https://github.com/ActiveState/stackato-echoservice.git'),
        line('cd stackato-echoservice'),
        line('ls config/', /^echo_gateway\.yml {2}echo_node\.yml$/),
        line('./scripts/bootstrap.sh', / echo$/),
        line('stackato create-service echo', /^Creating Service \[echo-[0-9a-f]{5}\]: OK$/),
      ],
    );
  });

  describe('Elasticsearch', () => {
    session(
      () => node,
      [
        line('git clone https://github.com/ActiveState/stackato-elasticsearch-service'),
        line('cd stackato-elasticsearch-service'),
        line('vim config/elasticsearch_gateway.yml', undefined, 'cloud_controller_uri: api.paas.example.com'),
        line('sudo ./scripts/install-elasticsearch.sh', /^elasticsearch installed$/),
        line('./scripts/bootstrap.sh', / elasticsearch$/),
        line('kato config get elasticsearch_gateway cloud_controller_uri', /^api\.paas\.example\.com$/),
        // "you should be able to see elasticsearch as a useable service in the Stackato client"
        line('stackato services', tableOfServices),
        // The page's has port 9202: two were there before.
        line('stackato create-service elasticsearch mysearch8', /^Creating Service: OK$/),
        line('stackato create-service elasticsearch mysearch9', /^Creating Service: OK$/),
        line('stackato create-service elasticsearch mysearch1', /^Creating Service: OK$/),
        line('stackato service mysearch1', tableOfOne),
      ],
    );
    it('is not offered with another token than the Cloud Controller has', async () => {
      await node.kato('config set elasticsearch_gateway token other');
      assert.match((await node.stackato('create-service elasticsearch x')).text, /Error: there is no service/);
      assert.doesNotMatch((await node.stackato('services')).text, /elasticsearch/);
    });
  });
});

describe('seed 002: a custom service', () => {
  for (const { name, version } of [
    { name: 'echo', version: '2.10.6' },
    { name: 'elasticsearch', version: '2.10.6' },
    { name: 'elasticsearch', version: '3.2.1' },
  ]) {
    describe(`${name} on ${version}`, () => {
      let node: ModelNode;
      const old = version.startsWith('2');
      before(async () => {
        node = modelNode(version);
        node.boot();
        await node.ready();
      });
      after(() => node.remove());

      it('is unknown at first', async () => {
        assert.match((await node.kato(`role add ${name}`)).text, /unknown role/);
        assert.match((await node.kato(`config get ${name}_gateway`)).text, /unknown component/);
      });
      session(() => node, [line('kato stop')]);
      it('"installing to … kato"', () => {
        if (old) {
          node.put(
            `${etc}/processes.yml`,
            `${name}_node:\n  config_origin: doozer\n${name}_gateway:\n  config_origin: doozer\n`,
          );
          node.put(`${etc}/roles.yml`, `${name}:\n  processes:\n    - ${name}_node\n    - ${name}_gateway\n`);
        } else {
          for (const part of ['node', 'gateway'])
            node.put(`${etc}/processes/${name}_${part}.yml`, `name: ${name}_${part}\nroles:\n  - ${name}\n`);
        }
      });
      // "Two configuration files: one for the gateway, and one for the nodes"
      session(
        () => node,
        [
          line(
            `kato config set --yaml ${name}_gateway /`,
            undefined,
            'cloud_controller_uri: api.stackato.local\ntoken: changeme\n',
          ),
          line(
            `kato config set --yaml ${name}_node /`,
            undefined,
            `base_dir: /var/vcap/services/${name}\nport: 9200\n`,
          ),
          line(`kato config get ${name}_node port`, /^9200$/),
          // "adding the service AUTH token to the Cloud Controller"
          old
            ? line(`kato config set cloud_controller builtin_services/${name} '{"token":"changeme"}' --json`)
            : line(`kato config set cloud_controller_ng builtin_services/${name}/token changeme`),
          // "adding elasticsearch as a role, and finally restarting kato"
          line(`kato role add ${name}`, new RegExp(` ${name}$`)),
          line('kato restart'),
          line(`kato process list ${name}_gateway ${name}_node`, /RUNNING\n.*RUNNING$/),
          line('kato status', new RegExp(`${name} +READY`)),
        ],
      );
      it('"you should be able to see it as a useable service": the Cloud Controller has its token', async () => {
        const component = old ? 'cloud_controller' : 'cloud_controller_ng';
        assert.equal((await node.kato(`config get ${component} builtin_services/${name}/token`)).text, 'changeme');
        if (old) return;
        // From 3.0 on the client tells the controller too (facts 10.3, H).
        assert.match((await node.stackato(`create-service ${name}`)).text, /there is no service/);
        await node.stackato(`create-service-auth-token ${name} core --auth-token changeme`);
        assert.match((await node.stackato(`create-service ${name}`)).text, /: OK$/);
      });
    });
  }
});
